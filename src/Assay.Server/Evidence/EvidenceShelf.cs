using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Storage;

namespace Assay.Server.Evidence;

/// <summary>Reads evidence. Nothing is believed because it stands in a row: signature, digest and subject are checked at each reading.</summary>
public sealed class EvidenceShelf(Trust trust)
{
    /// <summary>All evidence about one version, newest first.</summary>
    public async Task<List<EvidenceView>> Of(Tx tx, Digest version) => (await tx.All(EvidenceSql.OfVersion, ("subject", version))).ConvertAll(View);

    /// <summary>One piece by its digest; null when there is none.</summary>
    public async Task<EvidenceView?> One(Tx tx, Digest digest) =>
        await tx.First(EvidenceSql.ByDigest, ("digest", digest)) is { } stored ? View(stored) : null;

    /// <summary>How often each model was measured on some data, by the models' names.</summary>
    public Task<List<MeasuredOn>> OnData(Tx tx, Digest data) => tx.All(EvidenceSql.OnData, ("data", data));

    EvidenceView View(StoredEvidence stored)
    {
        var envelope = DsseEnvelope.Read(JsonNode.Parse(stored.Envelope)) ?? new("", "", []);
        var receipt = DsseEnvelope.Read(JsonNode.Parse(stored.Receipt)) ?? new("", "", []);
        var known = trust.SignerOf(envelope, stored.OwnKey, stored.Actor) is not null;
        var read = StatementReader.Reread(envelope);
        var withdrawn = stored.WithdrawnAt is { } at ? new Withdrawal(at, stored.WithdrawnBy ?? "", stored.WithdrawnWhy ?? "") : null;
        return new(stored.Digest, stored.Model, stored.Number, stored.Subject, stored.Kind, stored.Actor, stored.Verified,
            JsonNode.Parse(stored.Roles)!.AsArray().Select(r => (string)r!).ToList(), stored.OwnKey, stored.KeyId, stored.RecordedAt, stored.MeasuredAt, withdrawn,
            StateOf(stored, envelope, known, read), read?.Evaluation, read?.Json, envelope, receipt);
    }

    static EvidenceState StateOf(StoredEvidence stored, DsseEnvelope envelope, bool known, SentStatement? read) =>
        !known ? EvidenceState.ForeignKey
        : read is null || read.Evaluation.Kind != stored.Kind ? EvidenceState.Unreadable
        : Digest.Of(envelope.PayloadBytes()) != stored.Digest || !Statement.Subjects(read.Json).SequenceEqual([stored.Subject]) ? EvidenceState.OtherDigest
        : stored.WithdrawnAt is not null ? EvidenceState.Withdrawn
        : EvidenceState.Sound;
}
