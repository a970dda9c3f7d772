using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Assay.Bench;

/// <summary>
/// Fills the database of a stopped server with runs, by statements of its own: through the log routes a million would take hours. Each run has two metrics,
/// three params and three tags; ids are spread as random ones are. Grows what is there already.
/// </summary>
static class Seed
{
    public const string Experiment = "bench";
    const int Chunk = 10_000, Id = 900;

    const string Numbers = "WITH RECURSIVE n(i) AS (SELECT @from UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @to), s AS (SELECT i, {id} AS run_id, {start} AS start_ms FROM n)";

    static readonly string[] Statements =
    [
        """
        INSERT INTO tracking_run (run_id, experiment_id, name, user_id, status, start_ms, end_ms, lifecycle, artifact_uri)
        SELECT run_id, @experiment, 'run-' || i, 'bench', 'FINISHED', start_ms, start_ms + 1000, 'active', 'mlflow-artifacts:/' || @experiment || '/' || run_id || '/artifacts' FROM s
        """,
        Pairs("tracking_param", "'lr', '0.' || (i % 10)"),
        Pairs("tracking_param", "'depth', '' || (i % 1000)"),
        Pairs("tracking_param", "'seed', '' || i"),
        Pairs("tracking_run_tag", "'mlflow.runName', 'run-' || i"),
        Pairs("tracking_run_tag", "'team', 'team' || (i % 20)"),
        Pairs("tracking_run_tag", "'ticket', 'T-' || (i * 7 % 1000)"),
        Metric("acc", 7919),
        Metric("loss", 104729),
    ];

    public static void Run(BenchOptions options)
    {
        var watch = Stopwatch.StartNew();
        using DbConnection connection = options.Sqlite is { } file ? new SqliteConnection($"Data Source={file};Pooling=False") : new NpgsqlConnection(options.Postgres);
        connection.Open();
        var sqlite = options.Sqlite is not null;
        Execute(connection, sqlite, "INSERT INTO tracking_experiment (experiment_id, name, artifact_location, lifecycle, created_ms, updated_ms) VALUES (@experiment, 'bench', 'mlflow-artifacts:/' || @experiment, 'active', 0, 0) ON CONFLICT DO NOTHING", 0, 0);
        var from = Count(connection);
        for (var at = from; at < options.Runs; at += Chunk)
        {
            using var transaction = connection.BeginTransaction();
            foreach (var statement in Statements)
                Execute(connection, sqlite, $"{Numbers} {statement}", at, Math.Min(at + Chunk, options.Runs), transaction);
            transaction.Commit();
        }
        // As a server that has run for a while: statistics are taken, pages are marked visible, the log is folded in.
        foreach (var after in sqlite ? ["PRAGMA wal_checkpoint(TRUNCATE)"] : (string[])["VACUUM ANALYZE tracking_run", "VACUUM ANALYZE tracking_param", "VACUUM ANALYZE tracking_run_tag", "VACUUM ANALYZE tracking_newest", "VACUUM ANALYZE tracking_metric"])
            Execute(connection, sqlite, after, 0, 0);
        Console.Error.WriteLine($"seeded runs {from} to {options.Runs} in {watch.Elapsed.TotalSeconds:0} s");
    }

    static string Pairs(string table, string keyAndValue) => $"INSERT INTO {table} (run_id, key, value, experiment_id, start_ms) SELECT run_id, {keyAndValue}, @experiment, start_ms FROM s";

    // A prime that is no divisor spreads the values evenly over [0, 1).
    static string Metric(string key, int prime) =>
        $"INSERT INTO tracking_newest (run_id, key, at_ms, step, value, is_nan, experiment_id, start_ms) SELECT run_id, '{key}', start_ms, 0, (i * {prime} % 1000003) / 1000003.0, {{false}}, @experiment, start_ms FROM s";

    static long Count(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM tracking_run WHERE experiment_id = {Id}";
        return Convert.ToInt64(command.ExecuteScalar());
    }

    static void Execute(DbConnection connection, bool sqlite, string sql, long from, long to, DbTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.CommandTimeout = 600;
        command.Transaction = transaction;
        command.CommandText = sql
            .Replace("{id}", sqlite ? "printf('%08x%024x', i * 2654435761 & 4294967295, i)" : "lpad(to_hex(i * 2654435761 & 4294967295), 8, '0') || lpad(to_hex(i), 24, '0')", StringComparison.Ordinal)
            .Replace("{start}", "1700000000000 + i * 1000", StringComparison.Ordinal)
            .Replace("{false}", sqlite ? "0" : "FALSE", StringComparison.Ordinal)
            .Replace("@experiment", $"{Id}", StringComparison.Ordinal)
            .Replace("@from", sqlite ? $"{from}" : $"{from}::bigint", StringComparison.Ordinal)
            .Replace("@to", $"{to}", StringComparison.Ordinal);
        command.ExecuteNonQuery();
    }
}
