using Assay.Server.Storage;

namespace Assay.Server.Access.Policy;

/// <summary>An access policy as applied.</summary>
public sealed record AppliedAccess(long Revision, string Yaml, DateTimeOffset AppliedAt, string AppliedBy, bool Verified)
{
    /// <summary>The policy of its document, which was sound when it was applied.</summary>
    public AccessPolicy Policy() => AccessDocument.Read(Yaml, "the access policy in force").Value;
}

static class AccessSql
{
    const string Columns = "revision, body, applied_ms, applied_by, verified";

    public static readonly Query<AppliedAccess> InForce = new($"SELECT {Columns} FROM access_policy ORDER BY revision DESC LIMIT 1", r => new(r.Int(0), r.Text(1), r.Time(2), r.Text(3), r.Bool(4)));

    public static readonly Query<long> Revision = new("SELECT COALESCE(MAX(revision), 0) FROM access_policy", r => r.Int(0));

    /// <summary>The digest of what a file last put in force: a restart with the same file changes nothing that was applied since.</summary>
    public static readonly Query<string> NewestFile = new("SELECT digest FROM access_policy WHERE from_file ORDER BY revision DESC LIMIT 1", r => r.Text(0));

    public const string Insert = """
        INSERT INTO access_policy (revision, digest, body, applied_ms, applied_by, verified, from_file)
        VALUES (@revision, @digest, @body, @at, @by, @verified, @file)
        """;
}
