using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Evidence;

/// <summary>One stored measurement, before anything in it is believed.</summary>
sealed record StoredEvidence(Digest Digest, string Model, long Number, Digest Subject, string Kind, string Envelope, string Receipt, string KeyId, bool OwnKey,
    string Actor, bool Verified, string Roles, DateTimeOffset RecordedAt, DateTimeOffset MeasuredAt, DateTimeOffset? WithdrawnAt, string? WithdrawnBy, string? WithdrawnWhy);

/// <summary>How often a model was measured on some data, when first and when last.</summary>
public sealed record MeasuredOn(string Model, long Versions, long Measurements, DateTimeOffset First, DateTimeOffset Last);

static class EvidenceSql
{
    const string Columns = "digest, model, number, subject, kind, envelope, receipt, keyid, own_key, actor, verified, roles, recorded_ms, measured_ms, withdrawn_ms, withdrawn_by, withdrawn_why";

    public const string Insert = """
        INSERT INTO evidence_statement (digest, model, number, subject, kind, envelope, receipt, keyid, own_key, actor, verified, roles, recorded_ms, measured_ms)
        VALUES (@digest, @model, @number, @subject, @kind, @envelope, @receipt, @keyid, @own, @actor, @verified, @roles, @at, @at)
        ON CONFLICT DO NOTHING
        """;

    public const string RestsOn = "INSERT INTO evidence_data (data, evidence, model, subject, recorded_ms) VALUES (@data, @evidence, @model, @subject, @at) ON CONFLICT DO NOTHING";

    public const string MeasuredAgain = "UPDATE evidence_statement SET measured_ms = @at WHERE digest = @digest AND measured_ms < @before";

    public static readonly Query<StoredEvidence> OfVersion = new(
        $"SELECT {Columns} FROM evidence_statement WHERE subject = @subject ORDER BY recorded_ms DESC, digest", Read);

    public static readonly Query<StoredEvidence> ByDigest = new($"SELECT {Columns} FROM evidence_statement WHERE digest = @digest", Read);

    public static readonly Query<MeasuredOn> OnData = new("""
        SELECT model, COUNT(DISTINCT subject), COUNT(*), MIN(recorded_ms), MAX(recorded_ms) FROM evidence_data WHERE data = @data GROUP BY model ORDER BY model
        """, r => new(r.Text(0), r.Int(1), r.Int(2), r.Time(3), r.Time(4)));

    static StoredEvidence Read(Row r) => new(r.Digest(0), r.Text(1), r.Int(2), r.Digest(3), r.Text(4), r.Text(5), r.Text(6), r.Text(7), r.Bool(8),
        r.Text(9), r.Bool(10), r.Text(11), r.Time(12), r.Time(13), r.TimeOrNull(14), r.TextOrNull(15), r.TextOrNull(16));
}
