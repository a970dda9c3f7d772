using Assay.Contracts;
using Assay.Server.Deployments;
using Assay.Server.Ledger;
using Assay.Server.Policies;
using Assay.Server.Registry;
using Assay.Server.Storage;

namespace Assay.Server.Promotions;

/// <summary>Reads what is approved, what was, and what could be gone back to.</summary>
public sealed class PromotionBook(Versions versions, LiveState live, LedgerTexts texts) : IChampions, IIncumbents
{
    /// <summary>What is approved for a slot now; null when nothing ever was.</summary>
    public async Task<PromotionView?> Current(Tx tx, string model, string environment, string slot) =>
        await Told(tx, await tx.First(PromotionSql.Newest, ("model", model), ("environment", environment), ("slot", slot)));

    /// <summary>All that was approved for a slot, newest first.</summary>
    public async Task<List<PromotionView>> History(Tx tx, string model, string environment, string slot) =>
        await Told(tx, await tx.All(PromotionSql.History, ("model", model), ("environment", environment), ("slot", slot)));

    /// <summary>What is approved now in every slot of every model.</summary>
    public async Task<List<PromotionView>> Active(Tx tx) => await Told(tx, await tx.All(PromotionSql.Active));

    /// <summary>What is approved now in every slot of one model.</summary>
    public async Task<List<PromotionView>> ActiveOf(Tx tx, string model) => await Told(tx, await tx.All(PromotionSql.ActiveOf, ("model", model)));

    /// <summary>One promotion by its id.</summary>
    public async Task<PromotionView?> One(Tx tx, string id) => await Told(tx, await tx.First(PromotionSql.ById, ("id", id)));

    /// <summary>
    /// The promotion of the last known good digest of a slot: what a rollback goes to, or at a moment of the past would have gone to, by what had happened
    /// by then. Null when there is none.
    /// </summary>
    public async Task<PromotionView?> LastGood(Tx tx, string model, string environment, string slot, DateTimeOffset? at = null)
    {
        PromotionView? unseen = null;
        var until = at ?? DateTimeOffset.MaxValue;
        var seen = (await live.History(tx, new(environment, model, slot))).Where(s => s.FirstSeen <= until).Select(s => s.Digest).ToHashSet();
        foreach (var candidate in Promotions.LastGood.Candidates((await History(tx, model, environment, slot)).FindAll(p => p.At <= until)))
        {
            // What was promoted was admitted; what became of it later was not known then.
            if (at is null && !await Usable(tx, candidate))
                continue;
            if (seen.Contains(candidate.Digest))
                return candidate;
            unseen ??= candidate;
        }
        return unseen;
    }

    /// <summary>Is it still there, admitted and not recalled?</summary>
    internal async Task<bool> Usable(Tx tx, PromotionView promotion) =>
        await versions.Find(tx, promotion.Model, promotion.Digest.ToString()) is { Ok: true, Value: { Status: VersionStatus.Admitted, Recalled: false } };

    async Task<PromotionView?> Told(Tx tx, PromotionView? promotion) => promotion is null ? null : promotion with { Reason = await texts.Shown(tx, promotion.Reason) };

    /// <summary>With the reasons that stand beside the ledger, as far as they were not erased.</summary>
    async Task<List<PromotionView>> Told(Tx tx, List<PromotionView> promotions)
    {
        var shown = await texts.Reading(tx, promotions.Select(p => p.Reason));
        return promotions.ConvertAll(p => p with { Reason = shown(p.Reason) });
    }

    /// <inheritdoc/>
    public Task<Digest?> Champion(Tx tx, string model) => Primary(tx, model, "production");

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<Digest>> Approved(Tx tx, string model) => [.. (await ActiveOf(tx, model)).Select(p => p.Digest)];

    /// <inheritdoc/>
    public async Task<Digest?> Primary(Tx tx, string model, string environment) => (await Current(tx, model, environment, Slots.Primary))?.Digest;
}
