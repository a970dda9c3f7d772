using Assay.Server.Storage;

namespace Assay.Server.Deployments;

static class EnvironmentSql
{
    public sealed record Stored(string Name, string? Document, DateTimeOffset At, string Actor);

    const string Columns = "name, document, at_ms, actor";

    static Stored Read(Row r) => new(r.Text(0), r.TextOrNull(1), r.Time(2), r.Text(3));

    public static readonly Query<Stored> One = new($"SELECT {Columns} FROM deployments_environment WHERE name = @name", Read);

    public static readonly Query<Stored> All = new($"SELECT {Columns} FROM deployments_environment ORDER BY name", Read);

    public const string Name = "INSERT INTO deployments_environment (name, at_ms, actor) VALUES (@name, @at, @actor) ON CONFLICT DO NOTHING";

    public const string Apply = """
        INSERT INTO deployments_environment (name, document, digest, at_ms, actor) VALUES (@name, @document, @digest, @at, @actor)
        ON CONFLICT (name) DO UPDATE SET document = excluded.document, digest = excluded.digest, at_ms = excluded.at_ms, actor = excluded.actor
        """;
}
