using System.Text.Json;
using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Registry;

static class VersionSql
{
    public const string Columns = """
        m.name, v.number, v.digest, v.status, v.recalled, v.run_id, v.seal, v.created_ms, v.updated_ms, v.submitted_by, v.source, v.model_path,
        v.description, v.reason, v.gaps, v.stage, v.run_link, v.logged_model_id, v.profile, v.model_id
        """;

    public const string From = "registry_version v JOIN registry_model m ON m.id = v.model_id";

    public const string Alive = "NOT v.deleted AND NOT m.deleted";

    /// <summary>A row, and the id of its model for what hangs on it.</summary>
    public static (string ModelId, VersionView View) Read(Row r) => (r.Text(19), new(
        r.Text(0), r.Int(1), r.DigestOrNull(2), Enum.Parse<VersionStatus>(r.Text(3)), r.Bool(4), r.TextOrNull(5), r.DigestOrNull(6),
        r.Time(7), r.Time(8), r.Text(9), r.Text(10), r.TextOrNull(11), r.Text(12), r.TextOrNull(13), JsonSerializer.Deserialize<Gap[]>(r.Text(14))!)
    {
        Stage = r.Text(15),
        RunLink = r.TextOrNull(16),
        LoggedModelId = r.TextOrNull(17),
        Profile = r.TextOrNull(18),
    });

    public static readonly Query<(string ModelId, VersionView View)> ByNumber = new($"SELECT {Columns} FROM {From} WHERE m.name = @model AND v.number = @number AND {Alive}", Read);

    public static readonly Query<(string ModelId, VersionView View)> ByPrefix = new($"SELECT {Columns} FROM {From} WHERE m.name = @model AND v.digest >= @from AND v.digest < @to AND {Alive} LIMIT 2", Read);

    public static readonly Query<(string ModelId, VersionView View)> AnyByPrefix = new($"SELECT {Columns} FROM {From} WHERE v.digest >= @from AND v.digest < @to AND {Alive} ORDER BY v.created_ms LIMIT 2", Read);

    public static readonly Query<(string ModelId, VersionView View)> OfModel = new($"SELECT {Columns} FROM {From} WHERE m.name = @model AND {Alive} ORDER BY v.number DESC", Read);

    public static readonly Query<(string ModelId, VersionView View)> OfRun = new($"SELECT {Columns} FROM {From} WHERE v.run_id = @run AND {Alive} ORDER BY v.created_ms, v.number", Read);

    public static readonly Query<(string ModelId, VersionView View)> OfDigest = new($"SELECT {Columns} FROM {From} WHERE v.model_id = @id AND v.digest = @digest AND {Alive}", Read);

    public static readonly Query<(string Model, long Number, string Key, string Value)> Tags = new(
        "SELECT model_id, number, key, value FROM registry_version_tag WHERE model_id = @id ORDER BY number, key", r => (r.Text(0), r.Int(1), r.Text(2), r.Text(3)));

    public static readonly Query<(string Alias, long Number)> Aliases = new("SELECT alias, number FROM registry_alias WHERE model_id = @id ORDER BY alias", r => (r.Text(0), r.Int(1)));

    public const string Insert = """
        INSERT INTO registry_version (model_id, number, digest, status, reason, gaps, run_id, seal, source, model_path, run_link, logged_model_id, stage, description,
          profile, profile_digest, submitted_by, created_ms, updated_ms, recalled, deleted)
        VALUES (@id, @number, @digest, @status, @reason, @gaps, @run, @seal, @source, @path, @link, @logged, 'None', @description, @profile, @profile_digest, @by, @at, @at, FALSE, FALSE)
        """;

    public const string Settle = """
        UPDATE registry_version SET digest = @digest, status = @status, reason = @reason, gaps = @gaps, seal = @seal, model_path = @path, profile = @profile,
          profile_digest = @profile_digest, updated_ms = @at
        WHERE model_id = @id AND number = @number
        """;

    public const string Decide = "UPDATE registry_version SET status = @status, reason = @reason, updated_ms = @at WHERE model_id = @id AND number = @number";

    public const string Describe = "UPDATE registry_version SET description = @description, updated_ms = @at WHERE model_id = @id AND number = @number";

    public const string Stage = "UPDATE registry_version SET stage = @stage, updated_ms = @at WHERE model_id = @id AND number = @number";

    public const string ArchiveOthers = "UPDATE registry_version SET stage = 'Archived', updated_ms = @at WHERE model_id = @id AND number <> @number AND stage = @stage AND NOT deleted";

    public const string Delete = "UPDATE registry_version SET deleted = TRUE, updated_ms = @at WHERE model_id = @id AND number = @number";

    public const string PutTag = """
        INSERT INTO registry_version_tag (model_id, number, key, value) VALUES (@id, @number, @key, @value)
        ON CONFLICT (model_id, number, key) DO UPDATE SET value = EXCLUDED.value
        """;

    public const string DropTag = "DELETE FROM registry_version_tag WHERE model_id = @id AND number = @number AND key = @key";
}
