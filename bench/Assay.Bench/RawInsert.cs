using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace Assay.Bench;

/// <summary>The limit for log-batch: the same rows into the same table with the same durability, by a prepared statement and nothing around it.</summary>
abstract class RawInsert : IDisposable
{
    const int Size = 1000, Keys = 10;

    public abstract string Name { get; }

    public static RawInsert Open(BenchOptions options) => options switch
    {
        { Sqlite: { } file } => new OnSqlite(file),
        { Postgres: { } connection } => new OnPostgres(connection),
        _ => throw new ArgumentException("give --sqlite FILE or --postgres CONNECTION"),
    };

    public async Task<double> Measure(double seconds)
    {
        var run = Guid.NewGuid().ToString("N");
        var watch = Stopwatch.StartNew();
        var sent = 0;
        for (; watch.Elapsed.TotalSeconds < seconds; sent += Size)
            await Insert(run, sent);
        return sent / watch.Elapsed.TotalSeconds;
    }

    protected abstract Task Insert(string run, int from);

    public abstract void Dispose();

    /// <summary>Binds straight on SQLite's interface, as the server does: Microsoft.Data.Sqlite's parameters would be a third of the time.</summary>
    sealed class OnSqlite : RawInsert
    {
        readonly SqliteConnection connection;
        readonly sqlite3_stmt begin, insert, commit;
        readonly byte[][] keys = [.. Enumerable.Range(0, Keys).Select(k => Encoding.UTF8.GetBytes($"metric{k}"))];

        public OnSqlite(string file)
        {
            connection = new($"Data Source={file};Pooling=False");
            connection.Open();
            using var pragma = connection.CreateCommand();
            pragma.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;";
            pragma.ExecuteNonQuery();
            (begin, commit) = (Prepare("BEGIN IMMEDIATE"), Prepare("COMMIT"));
            insert = Prepare("INSERT INTO tracking_metric (run_id, key, at_ms, step, value, is_nan) VALUES (?1, ?2, ?3, ?4, ?5, 0) ON CONFLICT DO NOTHING");
        }

        public override string Name => "SQLite";

        protected override Task Insert(string run, int from)
        {
            Step(begin);
            Check(raw.sqlite3_bind_text(insert, 1, run));
            // In the order of the table's key, which is the fastest: the server sorts its rows too.
            for (var key = 0; key < Keys; key++)
            {
                Check(raw.sqlite3_bind_text(insert, 2, keys[key]));
                for (var i = from + key; i < from + Size; i += Keys)
                {
                    Check(raw.sqlite3_bind_int64(insert, 3, i));
                    Check(raw.sqlite3_bind_int64(insert, 4, i / Keys));
                    Check(raw.sqlite3_bind_double(insert, 5, i + 0.5));
                    Step(insert);
                }
            }
            Step(commit);
            return Task.CompletedTask;
        }

        public override void Dispose()
        {
            foreach (var statement in (sqlite3_stmt[])[begin, insert, commit])
                statement.Dispose();
            connection.Dispose();
        }

        sqlite3_stmt Prepare(string sql)
        {
            Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out var statement));
            return statement;
        }

        void Step(sqlite3_stmt statement)
        {
            var rc = raw.sqlite3_step(statement);
            raw.sqlite3_reset(statement);
            if (rc != raw.SQLITE_DONE)
                Check(rc);
        }

        void Check(int rc) => SqliteException.ThrowExceptionForRC(rc, connection.Handle);
    }

    sealed class OnPostgres(string address) : RawInsert
    {
        readonly NpgsqlConnection connection = Opened(address);

        public override string Name => "PostgreSQL";

        protected override async Task Insert(string run, int from)
        {
            var rows = Enumerable.Range(from, Size).ToList();
            await using var command = new NpgsqlCommand("INSERT INTO tracking_metric (run_id, key, at_ms, step, value, is_nan) SELECT @run, r.key, r.at_ms, r.step, r.value, FALSE FROM unnest(@key, @at, @step, @value) AS r(key, at_ms, step, value) ON CONFLICT DO NOTHING", connection);
            command.Parameters.AddWithValue("run", run);
            command.Parameters.AddWithValue("key", rows.Select(i => $"metric{i % Keys}").ToArray());
            command.Parameters.AddWithValue("at", rows.Select(i => (long)i).ToArray());
            command.Parameters.AddWithValue("step", rows.Select(i => (long)(i / Keys)).ToArray());
            command.Parameters.AddWithValue("value", rows.Select(i => i + 0.5).ToArray());
            await command.ExecuteNonQueryAsync();
        }

        public override void Dispose() => connection.Dispose();

        static NpgsqlConnection Opened(string address)
        {
            var connection = new NpgsqlConnection(address);
            connection.Open();
            return connection;
        }
    }
}
