using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;

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

    sealed class OnSqlite : RawInsert
    {
        readonly SqliteConnection connection;
        readonly SqliteCommand insert;

        public OnSqlite(string file)
        {
            connection = new($"Data Source={file};Pooling=False");
            connection.Open();
            using var pragma = connection.CreateCommand();
            pragma.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";
            pragma.ExecuteNonQuery();
            insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO tracking_metric (run_id, key, at_ms, step, value, is_nan) VALUES (@run, @key, @at, @step, @value, 0) ON CONFLICT DO NOTHING";
            foreach (var name in (string[])["@run", "@key", "@at", "@step", "@value"])
                insert.Parameters.Add(new SqliteParameter(name, DBNull.Value));
        }

        public override string Name => "SQLite";

        protected override Task Insert(string run, int from)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var i = from; i < from + Size; i++)
            {
                (insert.Parameters[0].Value, insert.Parameters[1].Value, insert.Parameters[2].Value) = (run, $"metric{i % Keys}", (long)i);
                (insert.Parameters[3].Value, insert.Parameters[4].Value) = ((long)(i / Keys), i + 0.5);
                insert.ExecuteNonQuery();
            }
            transaction.Commit();
            return Task.CompletedTask;
        }

        public override void Dispose()
        {
            insert.Dispose();
            connection.Dispose();
        }
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
