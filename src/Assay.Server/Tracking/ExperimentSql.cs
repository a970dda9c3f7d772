using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>An experiment as stored. Times are UTC milliseconds.</summary>
public sealed record ExperimentRow(string ExperimentId, string Name, string ArtifactLocation, string Lifecycle, long CreatedMs, long UpdatedMs);

static class ExperimentSql
{
    public const string Columns = "CAST(t.experiment_id AS TEXT), t.name, t.artifact_location, t.lifecycle, t.created_ms, t.updated_ms";

    public const int ColumnCount = 6;

    public static ExperimentRow Read(Row r) => new(r.Text(0), r.Text(1), r.Text(2), r.Text(3), r.Int(4), r.Int(5));

    public static readonly Query<ExperimentRow> ById = new($"SELECT {Columns} FROM tracking_experiment t WHERE t.experiment_id = @id", Read);

    public static readonly Query<ExperimentRow> ByName = new($"SELECT {Columns} FROM tracking_experiment t WHERE t.name = @name", Read);

    public static readonly Query<long> Next = new("SELECT COALESCE(MAX(experiment_id), 0) + 1 FROM tracking_experiment", r => r.Int(0));

    public const string Insert = """
        INSERT INTO tracking_experiment (experiment_id, name, artifact_location, lifecycle, created_ms, updated_ms)
        VALUES (@id, @name, @location, 'active', @at, @at) ON CONFLICT DO NOTHING
        """;

    public const string SetLifecycle = "UPDATE tracking_experiment SET lifecycle = @lifecycle, updated_ms = @at WHERE experiment_id = @id";

    public const string Rename = "UPDATE tracking_experiment SET name = @name, updated_ms = @at WHERE experiment_id = @id";

    public static readonly Query<KeyValuePair<string, string>> Tags = new("SELECT key, value FROM tracking_experiment_tag WHERE experiment_id = @id ORDER BY key", r => new(r.Text(0), r.Text(1)));

    public const string SetTag = """
        INSERT INTO tracking_experiment_tag (experiment_id, key, value) VALUES (@id, @key, @value)
        ON CONFLICT (experiment_id, key) DO UPDATE SET value = excluded.value
        """;

    public const string DeleteTag = "DELETE FROM tracking_experiment_tag WHERE experiment_id = @id AND key = @key";
}
