using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Policies;

/// <summary>A verdict as stored.</summary>
sealed record StoredVerdict(Digest Digest, Digest Ground, DateTimeOffset NotAfter, string Body, string Envelope);

static class VerdictSql
{
    const string Columns = "digest, ground, not_after_ms, body, envelope";

    public const string Insert = """
        INSERT INTO policies_verdict (digest, subject, model, environment, slot, outcome, ground, decided_ms, not_after_ms, body, envelope)
        VALUES (@digest, @subject, @model, @environment, @slot, @outcome, @ground, @at, @not_after, @body, @envelope)
        ON CONFLICT DO NOTHING
        """;

    public const string RestsOn = "INSERT INTO policies_verdict_data (data, verdict, model) VALUES (@data, @verdict, @model) ON CONFLICT DO NOTHING";

    public static readonly Query<(string Model, Digest Verdict)> OnData = new("SELECT model, verdict FROM policies_verdict_data WHERE data = @data", r => (r.Text(0), r.Digest(1)));

    public static readonly Query<StoredVerdict> Newest = new($"""
        SELECT {Columns} FROM policies_verdict WHERE subject = @subject AND environment = @environment AND slot = @slot ORDER BY decided_ms DESC, digest LIMIT 1
        """, Read);

    public static readonly Query<StoredVerdict> ByDigest = new($"SELECT {Columns} FROM policies_verdict WHERE digest = @digest", Read);

    public static readonly Query<StoredVerdict> OfVersion = new($"""
        SELECT {Columns} FROM policies_verdict v WHERE subject = @subject
          AND NOT EXISTS (SELECT 1 FROM policies_verdict n WHERE n.subject = v.subject AND n.environment = v.environment AND n.slot = v.slot
            AND (n.decided_ms > v.decided_ms OR (n.decided_ms = v.decided_ms AND n.digest < v.digest)))
        ORDER BY environment, slot
        """, Read);

    static StoredVerdict Read(Row r) => new(r.Digest(0), r.Digest(1), r.Time(2), r.Text(3), r.Text(4));
}
