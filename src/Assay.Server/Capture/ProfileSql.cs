using Assay.Server.Storage;

namespace Assay.Server.Capture;

/// <summary>A profile as applied.</summary>
public sealed record AppliedProfile(string Name, Contracts.Digest Digest, string Body, DateTimeOffset At, string By);

static class ProfileSql
{
    public static readonly Query<AppliedProfile> InForce = new("SELECT name, digest, body, applied_ms, applied_by FROM capture_profile WHERE in_force ORDER BY name",
        r => new(r.Text(0), r.Digest(1), r.Text(2), r.Time(3), r.Text(4)));

    public const string Retire = "UPDATE capture_profile SET in_force = FALSE WHERE name = @name";

    public const string Apply = """
        INSERT INTO capture_profile (name, digest, body, applied_ms, applied_by, in_force) VALUES (@name, @digest, @body, @at, @by, TRUE)
        ON CONFLICT (name, digest) DO UPDATE SET body = EXCLUDED.body, applied_ms = EXCLUDED.applied_ms, applied_by = EXCLUDED.applied_by, in_force = TRUE
        """;
}
