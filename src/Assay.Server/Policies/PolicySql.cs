using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Policies;

/// <summary>A policy as applied.</summary>
public sealed record AppliedPolicy(string Name, long Revision, Digest Digest, string Yaml, DateTimeOffset AppliedAt, string AppliedBy, bool Verified);

static class PolicySql
{
    const string Columns = "name, revision, digest, body, applied_ms, applied_by, verified";

    public static readonly Query<AppliedPolicy> InForce = new($"SELECT {Columns} FROM policies_policy WHERE in_force ORDER BY name", Read);

    public const string Retire = "UPDATE policies_policy SET in_force = FALSE WHERE name = @name";

    public const string Insert = """
        INSERT INTO policies_policy (name, revision, digest, body, applied_ms, applied_by, verified, in_force)
        VALUES (@name, @revision, @digest, @body, @at, @by, @verified, TRUE)
        """;

    static AppliedPolicy Read(Row r) => new(r.Text(0), r.Int(1), r.Digest(2), r.Text(3), r.Time(4), r.Text(5), r.Bool(6));
}
