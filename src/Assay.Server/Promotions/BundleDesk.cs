using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Evidence;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Policies;
using Assay.Server.Registry;
using Assay.Server.Storage;

namespace Assay.Server.Promotions;

/// <summary>Puts together what <c>pull --verify</c> checks offline.</summary>
sealed class BundleDesk(Store store, Versions versions, EvidenceShelf evidence, VerdictBook verdicts, PromotionBook book, LedgerReader ledger, KeyRing ring, TimeProvider time)
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);
    const int MostLooks = 200;

    /// <summary>The bundle of a version, for a slot of an environment if one is named.</summary>
    public async Task<Result<Bundle>> Of(string model, string version, string? environment, string slot, CancellationToken ct)
    {
        var gathered = await store.Read(tx => Gather(tx, model, version, environment, slot), ct);
        if (!gathered.Ok)
            return gathered.Refusal!;
        var (view, package, pieces, verdict, promotion) = gathered.Value;
        var entry = promotion?.Entry ?? (await ledger.FirstOf(view.Model, view.Digest!.Value, LedgerActions.VersionSealed, ct))?.Id;
        if (entry is null || await Proven(entry, ct) is not { } proof)
            return PromotionRefusals.NotInLedgerYet(view);
        return new Bundle(view.Model, view.Number, view.Digest!.Value, Convert.ToBase64String(package.Manifest), Convert.ToBase64String(package.Config), JsonNode.Parse(package.Facts),
            pieces, verdict?.Envelope, promotion?.Envelope, promotion?.Approvals ?? [], proof, [.. ring.Public.Select(k => new PublicKeyOf(k.Id, "ed25519", k.Base64))]);
    }

    async Task<Result<Parts>> Gather(Tx tx, string model, string key, string? environment, string slot)
    {
        var found = await versions.Find(tx, model, key);
        if (!found.Ok)
            return found.Refusal!;
        if (found.Value is not { Digest: { } digest } version || await versions.Package(tx, digest) is not { } package)
            return PromotionRefusals.NoPackage(found.Value);
        var sound = (await evidence.Of(tx, digest)).Where(e => e.State is EvidenceState.Sound).Select(e => e.Envelope).ToList();
        if (environment is null)
            return new Parts(version, package, sound, null, null);
        var current = await book.Current(tx, version.Model, environment, slot);
        var promotion = current?.Digest == digest ? current : null;
        var verdict = promotion is null ? await verdicts.Newest(tx, digest, environment, slot) : await verdicts.One(tx, promotion.VerdictDigest);
        return new Parts(version, package, sound, verdict, promotion);
    }

    /// <summary>An entry gets its number at most 200 ms after its unit: whoever asks right after promoting waits for that moment here.</summary>
    async Task<LedgerProofOf?> Proven(string id, CancellationToken ct)
    {
        for (var looked = 0; looked < MostLooks; looked++)
        {
            if (await ledger.Entry(id, ct) is { Seq: { } seq } entry && await ledger.Head(ct) is { } head && head.Size > seq)
                return new(await ledger.Origin(ct), Convert.ToBase64String(entry.Body), seq, head.Size, (await ledger.Inclusion(seq, head.Size, ct)).ConvertAll(Convert.ToBase64String), head.Note);
            await Task.Delay(Look, time, ct);
        }
        return null;
    }

    sealed record Parts(VersionView Version, PackageView Package, IReadOnlyList<DsseEnvelope> Evidence, Verdict? Verdict, PromotionView? Promotion);
}
