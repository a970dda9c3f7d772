using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>A run as stored. Times are UTC milliseconds.</summary>
public sealed record RunRow(string RunId, string ExperimentId, string Name, string User, string Status, long StartMs, long? EndMs, string Lifecycle, string ArtifactUri);

static class RunSql
{
    public const string Columns = "t.run_id, CAST(t.experiment_id AS TEXT), t.name, t.user_id, t.status, t.start_ms, t.end_ms, t.lifecycle, t.artifact_uri";

    public const int ColumnCount = 9;

    public static RunRow Read(Row r) => new(r.Text(0), r.Text(1), r.Text(2), r.Text(3), r.Text(4), r.Int(5), r.IntOrNull(6), r.Text(7), r.Text(8));

    public static readonly Query<RunRow> ById = new($"SELECT {Columns} FROM tracking_run t WHERE t.run_id = @run", Read);

    public const string Insert = """
        INSERT INTO tracking_run (run_id, experiment_id, name, user_id, status, start_ms, lifecycle, artifact_uri)
        VALUES (@run, @experiment, @name, @user, @status, @start, 'active', @uri)
        """;

    public static RunState State(Row r) => new(r.Text(0), r.Text(1), r.Text(2), r.Text(3),
        r.IsNull(4) ? null : new(r.Text(4), r.Int(5), r.Digest(6), r.Digest(7)));

    public const string StateColumns = "r.run_id, CAST(r.experiment_id AS TEXT), r.status, r.lifecycle, r.seal_model, r.seal_number, r.seal_version, r.seal";

    public static readonly Query<RunState> StateOf = new($"SELECT {StateColumns} FROM tracking_run r WHERE r.run_id = @run", State);

    /// <summary>The state, and whether the principal is among the run's writers already.</summary>
    public static readonly Query<(RunState State, bool Wrote)?> StateFor = new(
        $"SELECT {StateColumns}, (SELECT COUNT(*) FROM tracking_writer w WHERE w.run_id = r.run_id AND w.principal = @who) FROM tracking_run r WHERE r.run_id = @run",
        r => (State(r), r.Int(8) > 0));

    public const string AddWriter = "INSERT INTO tracking_writer (run_id, principal, since_ms) VALUES (@run, @who, @at) ON CONFLICT DO NOTHING";

    public static readonly Query<string> Writers = new("SELECT principal FROM tracking_writer WHERE run_id = @run ORDER BY since_ms, principal", r => r.Text(0));

    public const string Seal = "UPDATE tracking_run SET seal_model = @model, seal_number = @number, seal_version = @version, seal = @seal WHERE run_id = @run";

    public const string Update = "UPDATE tracking_run SET name = @name, status = @status, end_ms = @end WHERE run_id = @run";

    public const string Rename = "UPDATE tracking_run SET name = @name WHERE run_id = @run";

    public const string SetLifecycle = "UPDATE tracking_run SET lifecycle = @lifecycle WHERE run_id = @run";

    public const string SetLifecycleOfAll = "UPDATE tracking_run SET lifecycle = @lifecycle WHERE experiment_id = @experiment";

    /// <summary>A run of the experiment that a version was made of.</summary>
    public static readonly Query<RunState> SealedIn = new($"SELECT {StateColumns} FROM tracking_run r WHERE r.experiment_id = @experiment AND r.seal IS NOT NULL LIMIT 1", State);

    public static readonly Query<KeyValuePair<string, string>> Tags = new("SELECT key, value FROM tracking_run_tag WHERE run_id = @run ORDER BY key", Pair);

    public static readonly Query<KeyValuePair<string, string>> Params = new("SELECT key, value FROM tracking_param WHERE run_id = @run ORDER BY key", Pair);

    public static readonly Query<string> Tag = new("SELECT value FROM tracking_run_tag WHERE run_id = @run AND key = @key", r => r.Text(0));

    public const string DeleteTag = "DELETE FROM tracking_run_tag WHERE run_id = @run AND key = @key";

    public const string SetTags = """
        INSERT INTO tracking_run_tag (run_id, key, value, experiment_id, start_ms)
        SELECT r.run_id, r.key, r.value, t.experiment_id, t.start_ms FROM {rows} JOIN tracking_run t ON t.run_id = r.run_id
        WHERE TRUE ON CONFLICT (run_id, key) DO UPDATE SET value = excluded.value
        """;

    public const string AddParams = """
        INSERT INTO tracking_param (run_id, key, value, experiment_id, start_ms)
        SELECT r.run_id, r.key, r.value, t.experiment_id, t.start_ms FROM {rows} JOIN tracking_run t ON t.run_id = r.run_id
        WHERE TRUE ON CONFLICT DO NOTHING
        """;

    static KeyValuePair<string, string> Pair(Row r) => new(r.Text(0), r.Text(1));
}
