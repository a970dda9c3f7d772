using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>A logged model as stored. Times are UTC milliseconds.</summary>
public sealed record LoggedModelRow(
    string ModelId, string ExperimentId, string Name, string ArtifactUri, string Status, string? ModelType, string? SourceRunId, string? StatusMessage, string Lifecycle, long CreatedMs, long UpdatedMs);

/// <summary>A metric of a logged model: the run that measured it, and the data set, where one was named (else empty).</summary>
public readonly record struct ModelMetricPoint(string Key, double Value, long TimestampMs, long Step, string RunId, string DatasetName, string DatasetDigest);

static class LoggedModelSql
{
    public const string Columns =
        "t.model_id, CAST(t.experiment_id AS TEXT), t.name, t.artifact_uri, t.status, t.model_type, t.source_run_id, t.status_message, t.lifecycle, t.created_ms, t.updated_ms";

    public const int ColumnCount = 11;

    public static LoggedModelRow Read(Row r) => new(r.Text(0), r.Text(1), r.Text(2), r.Text(3), r.Text(4), r.TextOrNull(5), r.TextOrNull(6), r.TextOrNull(7), r.Text(8), r.Int(9), r.Int(10));

    public static readonly Query<LoggedModelRow> ById = new($"SELECT {Columns} FROM tracking_model t WHERE t.model_id = @model", Read);

    /// <summary>The models of a run: its outputs, and those that name it as their source.</summary>
    public static readonly Query<ModelFact> OfRun = new("""
        SELECT t.model_id, t.name, t.artifact_uri, t.status, COALESCE(o.step, 0)
        FROM tracking_model t LEFT JOIN tracking_run_model o ON o.model_id = t.model_id AND o.run_id = @run AND o.direction = 'output'
        WHERE (t.source_run_id = @run OR o.run_id IS NOT NULL) AND t.lifecycle = 'active' ORDER BY t.created_ms, t.model_id
        """, r => new(r.Text(0), r.Text(1), r.Text(2), r.Text(3), r.Int(4)));

    public const string Insert = """
        INSERT INTO tracking_model (model_id, experiment_id, name, artifact_uri, status, model_type, source_run_id, lifecycle, created_ms, updated_ms)
        VALUES (@model, @experiment, @name, @uri, 'LOGGED_MODEL_PENDING', @type, @run, 'active', @at, @at)
        """;

    public const string SetStatus = "UPDATE tracking_model SET status = @status, updated_ms = @at WHERE model_id = @model";

    public const string Delete = "UPDATE tracking_model SET lifecycle = 'deleted', updated_ms = @at WHERE model_id = @model";

    public static readonly Query<KeyValuePair<string, string>> Tags = new("SELECT key, value FROM tracking_model_tag WHERE model_id = @model ORDER BY key", Pair);

    public static readonly Query<KeyValuePair<string, string>> Params = new("SELECT key, value FROM tracking_model_param WHERE model_id = @model ORDER BY key", Pair);

    public const string SetTag = """
        INSERT INTO tracking_model_tag (model_id, key, value) VALUES (@model, @key, @value)
        ON CONFLICT (model_id, key) DO UPDATE SET value = excluded.value
        """;

    public const string DeleteTag = "DELETE FROM tracking_model_tag WHERE model_id = @model AND key = @key";

    public const string AddParam = "INSERT INTO tracking_model_param (model_id, key, value) VALUES (@model, @key, @value) ON CONFLICT DO NOTHING";

    /// <summary>The runs that a model belongs to: its source, and those that have it as an output.</summary>
    public static readonly Query<RunState> Owners = new($"""
        SELECT {RunSql.StateColumns} FROM tracking_run r
        WHERE r.run_id = (SELECT source_run_id FROM tracking_model WHERE model_id = @model)
          OR r.run_id IN (SELECT run_id FROM tracking_run_model WHERE model_id = @model AND direction = 'output') ORDER BY r.run_id
        """, RunSql.State);

    /// <summary>Of each metric, run and data set the newest point by timestamp, then step.</summary>
    public static readonly Query<ModelMetricPoint> Metrics = new("""
        SELECT m.key, m.value, m.is_nan, m.at_ms, m.step, m.run_id, m.dataset_name, m.dataset_digest FROM (
          SELECT key, value, is_nan, at_ms, step, run_id, dataset_name, dataset_digest,
            ROW_NUMBER() OVER (PARTITION BY key, run_id, dataset_name, dataset_digest ORDER BY at_ms DESC, step DESC, value DESC) AS place
          FROM tracking_model_metric WHERE model_id = @model) m
        WHERE m.place = 1 ORDER BY m.key, m.run_id, m.dataset_name, m.dataset_digest
        """, r => new(r.Text(0), r.Bool(2) ? double.NaN : r.Real(1), r.Int(3), r.Int(4), r.Text(5), r.Text(6), r.Text(7)));

    static KeyValuePair<string, string> Pair(Row r) => new(r.Text(0), r.Text(1));
}
