using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Access;
using Assay.Server.Access.Policy;
using Assay.Server.Events;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Registry;
using Assay.Server.Storage;

namespace Assay.Server.Evidence;

/// <summary>A statement or an envelope as it arrived; <see cref="Signed"/> tells which.</summary>
sealed record SentEvidence(string Model, string Version, bool Signed, byte[] Body);

/// <summary>What became of it; <see cref="New"/> is false when the very same statement was there already.</summary>
sealed record TakenEvidence(EvidenceView View, bool New);

/// <summary>Takes in measurements: checks, signs, stores, tells.</summary>
sealed class EvidenceDesk(Store store, Versions versions, EvidenceShelf shelf, Trust trust, KeyRing ring, AccessBook access, LedgerWriter ledger, Outbox outbox, TimeProvider time)
{
    /// <summary>Repeating a statement within this time is a retry; later it is a new measurement with the same result.</summary>
    static readonly TimeSpan Retry = TimeSpan.FromHours(1);

    public async Task<Result<TakenEvidence>> Accept(SentEvidence sent, Principal who, CancellationToken ct)
    {
        var found = await store.Read(tx => versions.Find(tx, sent.Model, sent.Version), ct);
        if (!found.Ok)
            return found.Refusal!;
        if (found.Value is not { Digest: { } digest } version)
            return RegistryRefusals.NoDigest(found.Value);
        var read = sent.Signed ? Opened(sent.Body, digest, who) : Wrapped(sent.Body, version.Model, digest, who);
        if (read is { Ok: true, Value.Kind: var kind } && !MayMeasure(kind, who, version.Model))
            read = EvidenceRefusals.Kind(kind, who, access.Current is { } policy && kind != "review" ? AccessHints.RulesFor(policy, Permission.SubmitEvidence, new(Model: version.Model)) : null);
        if (!read.Ok)
            return await Refuse(read.Refusal!, version.Model, digest, who, ct);
        return await Keep(version, digest, read.Value, who, ct);
    }

    /// <summary>The statement, its evaluator set from the credential, wrapped and signed with the server's key.</summary>
    Result<SignedEvidence> Wrapped(byte[] body, string model, Digest version, Principal who)
    {
        var read = StatementReader.Read(body, version);
        if (!read.Ok)
            return read.Refusal!;
        if (read.Value.Evaluation.Evaluator is { } named && named != who.ToString())
            return EvidenceRefusals.Evaluator(named, who);
        var statement = read.Value.Json;
        statement["subject"]!.AsArray()[0]!["name"] ??= model;
        var predicate = statement["predicate"]!.AsObject();
        if (predicate["evaluator"] is not JsonObject)
            predicate["evaluator"] = new JsonObject();
        predicate["evaluator"]!["id"] = who.ToString();
        return new SignedEvidence(read.Value.Evaluation.Kind, DsseEnvelope.Sign(CanonicalJson.Bytes(statement), ring.Signing), ring.Signing.Verifier.Id, OwnKey: false, read.Value.Evaluation.Dataset?.Digest);
    }

    /// <summary>An envelope as its producer signed it: the signature is checked before anything inside is read.</summary>
    Result<SignedEvidence> Opened(byte[] body, Digest version, Principal who)
    {
        var envelope = EnvelopeReader.Read(body);
        if (!envelope.Ok)
            return envelope.Refusal!;
        var keys = trust.KeysOf(who.ToString());
        if (envelope.Value.SignedBy(keys) is not { } signer)
            return EvidenceRefusals.ForeignKey(who, keys.Count);
        var read = StatementReader.Read(envelope.Value.PayloadBytes(), version);
        if (!read.Ok)
            return read.Refusal!;
        if (read.Value.Evaluation.Evaluator is { } named && named != who.ToString())
            return EvidenceRefusals.Evaluator(named, who);
        return new SignedEvidence(read.Value.Evaluation.Kind, envelope.Value, signer.Id, OwnKey: true, read.Value.Evaluation.Dataset?.Digest);
    }

    Task<Result<TakenEvidence>> Keep(VersionView version, Digest subject, SignedEvidence evidence, Principal who, CancellationToken ct) =>
        store.Write(async Task<Result<TakenEvidence>> (tx) =>
        {
            var now = time.GetUtcNow();
            var digest = Digest.Of(evidence.Envelope.PayloadBytes());
            var receipt = EvidenceReceipt.Sign(version.Model, subject, digest, evidence.KeyId, who, now, ring.Signing);
            var added = await tx.Execute(EvidenceSql.Insert, ("digest", digest), ("model", version.Model), ("number", version.Number), ("subject", subject), ("kind", evidence.Kind),
                ("envelope", evidence.Envelope.ToJson().ToJsonString()), ("receipt", receipt.ToJson().ToJsonString()), ("keyid", evidence.KeyId), ("own", evidence.OwnKey),
                ("actor", who.ToString()), ("verified", who.Verified), ("roles", new JsonArray([.. who.RolesFor(new(Model: version.Model)).Select(r => JsonValue.Create(r))]).ToJsonString()), ("at", now)) > 0;
            if (added && evidence.Data is { } data)
                await tx.Execute(EvidenceSql.RestsOn, ("data", data), ("evidence", digest), ("model", version.Model), ("subject", subject), ("at", now));
            // An old envelope sent again proves nothing new: anybody who saw it could do that. A bare statement comes with today's credential.
            var again = !added && !evidence.OwnKey && await tx.Execute(EvidenceSql.MeasuredAgain, ("digest", digest), ("at", now), ("before", now - Retry)) > 0;
            if (added || again)
            {
                var detail = new JsonObject { ["evidence"] = digest.ToString(), ["kind"] = evidence.Kind, ["keyid"] = evidence.KeyId };
                await ledger.Record(tx, who, added ? LedgerActions.EvidenceRecorded : LedgerActions.EvidenceRepeated, new(version.Model, subject, version.RunId), detail);
                await outbox.Publish(tx, new EvidenceRecorded(version.Model, subject, evidence.Kind));
            }
            return new TakenEvidence((await shelf.One(tx, digest))!, added);
        }, ct);

    /// <summary>Reviews by people who approve for the model, measurements by workloads granted that kind. Local mode's one principal stands for both, unverified.</summary>
    static bool MayMeasure(string kind, Principal who, string model) => who.Kind switch
    {
        PrincipalKind.Local => true,
        PrincipalKind.Person => EvidenceKinds.Find(kind)!.FromPeople && Holds("approver", who, model, _ => true),
        PrincipalKind.Workload => !EvidenceKinds.Find(kind)!.FromPeople && Holds("evaluator", who, model, g => g.Kinds.Count == 0 || g.Kinds.Contains(kind)),
        _ => false,
    };

    static bool Holds(string role, Principal who, string model, Func<Grant, bool> fits) =>
        who.Grants.Any(g => g.RoleKind == role && !g.LookOnly && g.Covers(new(Model: model)) && fits(g));

    /// <summary>Refusals of substance are on record; those of form are the sender's own business.</summary>
    async Task<Refusal> Refuse(Refusal refusal, string model, Digest version, Principal who, CancellationToken ct)
    {
        if (refusal.Kind is RefusalKind.Forbidden || refusal.Code is "evidence-of-another-digest" or "evaluator-mismatch")
            await ledger.RecordRefusal(store, who, LedgerActions.EvidenceRecorded, new(model, version), refusal, ct);
        return refusal;
    }
}

/// <summary>Evidence with the signature that will be kept.</summary>
sealed record SignedEvidence(string Kind, DsseEnvelope Envelope, string KeyId, bool OwnKey, Digest? Data);
