using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;

namespace Assay.Server.Evidence;

/// <summary>What is known about one piece of evidence. Ages count from <see cref="MeasuredAt"/>.</summary>
internal record Receipt(Digest Digest, string Model, long Version, Digest Subject, string Kind, Receipt.Suited? Suite, DatasetFact? Dataset, string Summary,
    string By, bool Verified, bool OwnKey, string Keyid, EvidenceState State, DateTimeOffset RecordedAt, DateTimeOffset MeasuredAt, Withdrawal? Withdrawn)
{
    internal sealed record Suited(string Name, Digest? Digest);

    public static Receipt Of(EvidenceView e) => new(e.Digest, e.Model, e.Number, e.Subject, e.Kind,
        e.Evaluation?.Suite is { } suite ? new(suite.Name, suite.Digest) : null, e.Evaluation?.Dataset, EvidenceSummary.Of(e.Evaluation),
        e.By, e.Verified, e.OwnKey, e.KeyId, e.State, e.RecordedAt, e.MeasuredAt, e.Withdrawn);
}

/// <summary>A version's evidence, newest first.</summary>
internal sealed record EvidenceList(IReadOnlyList<Receipt> Evidence);

/// <summary>One piece with its signed bytes: the producer's envelope (or ours around its statement), and the server's receipt for it.</summary>
internal sealed record WholeEvidence : Receipt
{
    public JsonObject? Statement { get; }

    public DsseEnvelope Envelope { get; }

    public DsseEnvelope CounterSigned { get; }

    public WholeEvidence(EvidenceView e) : base(Of(e)) => (Statement, Envelope, CounterSigned) = (e.Statement, e.Envelope, e.Receipt);
}
