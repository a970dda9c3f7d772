using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>A data set input as stored.</summary>
readonly record struct InputRow(string RunId, string Name, string Digest, string SourceType, string Source, string? Schema, string? Profile);

/// <summary>A tag of an input as stored.</summary>
readonly record struct InputTagRow(string RunId, string Name, string Digest, string Key, string Value);

/// <summary>An edge between a run and a logged model; <paramref name="Direction"/> is <c>input</c> or <c>output</c>.</summary>
public readonly record struct RunModelRow(string RunId, string Direction, string ModelId, long Step);

static class InputSql
{
    public const string Columns = "run_id, name, digest, source_type, source, schema, profile", TagColumns = "run_id, name, digest, key, value", ModelColumns = "run_id, direction, model_id, step";

    public static InputRow Read(Row r) => new(r.Text(0), r.Text(1), r.Text(2), r.Text(3), r.Text(4), r.TextOrNull(5), r.TextOrNull(6));

    public static InputTagRow ReadTag(Row r) => new(r.Text(0), r.Text(1), r.Text(2), r.Text(3), r.Text(4));

    public static RunModelRow ReadModel(Row r) => new(r.Text(0), r.Text(1), r.Text(2), r.Int(3));

    public static readonly Query<InputRow> Of = new($"SELECT {Columns} FROM tracking_input WHERE run_id = @run ORDER BY position, name, digest", Read);

    public static readonly Query<InputTagRow> TagsOf = new($"SELECT {TagColumns} FROM tracking_input_tag WHERE run_id = @run ORDER BY name, digest, key", ReadTag);

    public static readonly Query<RunModelRow> ModelsOf = new($"SELECT {ModelColumns} FROM tracking_run_model WHERE run_id = @run ORDER BY direction, step, model_id", ReadModel);

    public const string Add = """
        INSERT INTO tracking_input (run_id, name, digest, position, source_type, source, schema, profile)
        VALUES (@run, @name, @digest, @position, @type, @source, @schema, @profile) ON CONFLICT DO NOTHING
        """;

    public const string AddTag = "INSERT INTO tracking_input_tag (run_id, name, digest, key, value) VALUES (@run, @name, @digest, @key, @value) ON CONFLICT DO NOTHING";

    public const string AddModel = "INSERT INTO tracking_run_model (run_id, direction, model_id, step) VALUES (@run, @direction, @model, @step) ON CONFLICT DO NOTHING";
}
