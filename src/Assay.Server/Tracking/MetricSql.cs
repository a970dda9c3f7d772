using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>One point of a metric's history. <paramref name="Value"/> may be NaN.</summary>
public readonly record struct MetricPoint(string RunId, string Key, double Value, long TimestampMs, long Step);

static class MetricSql
{
    // NaN is no value of a column: it is 0 with a flag. The key makes sending a point again harmless.
    public const string Append = """
        INSERT INTO tracking_metric (run_id, key, at_ms, step, value, is_nan)
        SELECT r.run_id, r.key, r.at_ms, r.step, r.value, r.is_nan FROM {rows}
        WHERE TRUE ON CONFLICT DO NOTHING
        """;

    public const string Newest = """
        INSERT INTO tracking_newest (run_id, key, at_ms, step, value, is_nan, experiment_id, start_ms)
        SELECT r.run_id, r.key, r.at_ms, r.step, r.value, r.is_nan, t.experiment_id, t.start_ms FROM {rows} JOIN tracking_run t ON t.run_id = r.run_id
        WHERE TRUE ON CONFLICT (run_id, key) DO UPDATE SET at_ms = excluded.at_ms, step = excluded.step, value = excluded.value, is_nan = excluded.is_nan
        WHERE (excluded.step, excluded.at_ms, excluded.value) > (tracking_newest.step, tracking_newest.at_ms, tracking_newest.value)
        """;

    /// <summary>Which of these runs their writers may simply go on with: open, and written by them before.</summary>
    public static readonly Query<(string Run, string Who)> Open = new("""
        SELECT r.run_id, r.who FROM {rows} JOIN tracking_run t ON t.run_id = r.run_id JOIN tracking_writer w ON w.run_id = r.run_id AND w.principal = r.who
        WHERE t.lifecycle = 'active' AND t.seal IS NULL
        """, r => (r.Text(0), r.Text(1)));

    public const string AppendToModels = """
        INSERT INTO tracking_model_metric (model_id, key, at_ms, step, value, is_nan, run_id, dataset_name, dataset_digest)
        SELECT r.model_id, r.key, r.at_ms, r.step, r.value, r.is_nan, r.run_id, r.dataset_name, r.dataset_digest FROM {rows}
        WHERE TRUE ON CONFLICT DO NOTHING
        """;

    public static MetricPoint Read(Row r) => new(r.Text(0), r.Text(1), r.Bool(5) ? double.NaN : r.Real(4), r.Int(2), r.Int(3));

    public const string Columns = "run_id, key, at_ms, step, value, is_nan";

    public static readonly Query<MetricPoint> NewestOf = new($"SELECT {Columns} FROM tracking_newest WHERE run_id = @run ORDER BY key", Read);

    /// <summary>The whole history of a run, key by key, each in the order of its digest.</summary>
    public static readonly Query<MetricPoint> AllOf = new("SELECT key, at_ms, step, value, is_nan FROM tracking_metric WHERE run_id = @run ORDER BY key, at_ms, step, value, is_nan",
        r => new("", r.Text(0), r.Bool(4) ? double.NaN : r.Real(3), r.Int(1), r.Int(2)));

    public static readonly Query<long> Has = new("SELECT COUNT(*) FROM tracking_metric WHERE run_id = @run AND key = @key AND at_ms = @at AND step = @step AND value = @value AND is_nan = @nan", r => r.Int(0));
}
