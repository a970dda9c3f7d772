using Assay.Contracts;
using Assay.Server.Deployments;
using Assay.Server.Promotions;
using Assay.Server.Registry;
using Assay.Server.Storage;

namespace Assay.Server.Drift;

/// <summary>Reads what is approved and what is live, and compares the two.</summary>
public sealed class SlotStates(LiveState live, PromotionBook promotions, Versions versions)
{
    /// <summary>One slot at a time: now, or a moment of the past.</summary>
    public async Task<SlotState> Of(Tx tx, SlotName slot, DateTimeOffset at)
    {
        var known = await live.Of(tx, slot, at);
        var promotion = (await promotions.History(tx, slot.Model, slot.Environment, slot.Slot)).Find(p => p.At <= at);
        var view = new SlotView(known, promotion is null ? null : new(promotion.Digest, promotion.Id, promotion.At, promotion.Kind is PromotionKind.Rollback, promotion.Replaces));
        var findings = Findings.Of(view, at);
        var numbers = await Numbers(tx, slot.Model, [.. known.Observed.Select(o => o.Digest), .. Some(promotion?.Digest), .. Some(known.Reported?.Digest)]);
        return new()
        {
            Environment = slot.Environment,
            Model = slot.Model,
            Slot = slot.Slot,
            At = at,
            Status = SlotStanding.Of(view, findings),
            Approved = promotion is null ? null : new(promotion.Digest, numbers.GetValueOrDefault(promotion.Digest), promotion.Id, promotion.Kind, promotion.At, promotion.By, promotion.Verified,
                promotion.VerdictDigest, promotion.NotAfter, promotion.Approvals, promotion.Replaces, promotion.Reason),
            Reported = known.Reported is not { } r ? null : new(r.Digest, numbers.GetValueOrDefault(r.Digest), r.Share, r.At, r.ReceivedAt, r.By, r.Verified, r.Url, r.Commit, r.Actor, r.Routing, r.Serving),
            Observed = [.. known.Observed.OrderBy(o => o.Stale).ThenByDescending(o => o.Level).ThenByDescending(o => o.Share)
                .Select(o => new ObservedState(o.Digest, numbers.GetValueOrDefault(o.Digest), o.Level, o.Share, o.Ready, o.Wanted, o.Since, o.LastHeard, Age(o.LastHeard, at), o.Source, o.Stale, o.Image))],
            Sources = [.. known.Observers.Select(o => new SourceState(o.Name, o.LastHeard, o.LastHeard is { } heard ? Age(heard, at) : null, o.Stale, o.Complete))],
            Drift = findings,
        };
    }

    /// <summary>Every slot where something is approved, reported or watched.</summary>
    public async Task<List<SlotState>> All(Tx tx, DateTimeOffset at, string? model = null, string? environment = null)
    {
        List<SlotState> states = [];
        foreach (var slot in (await Names(tx)).Where(s => (model is null || s.Model == model) && (environment is null || s.Environment == environment)))
            states.Add(await Of(tx, slot, at));
        return states;
    }

    /// <summary>The names of all such slots, in order.</summary>
    public async Task<IReadOnlyList<SlotName>> Names(Tx tx) =>
        [.. (await live.Slots(tx)).Concat((await promotions.Active(tx)).Select(p => new SlotName(p.Environment, p.Model, p.Slot))).Distinct()
            .OrderBy(s => s.Environment, StringComparer.Ordinal).ThenBy(s => s.Model, StringComparer.Ordinal).ThenBy(s => s.Slot, StringComparer.Ordinal)];

    /// <summary>The display number of each digest; null for what is no version of the model.</summary>
    async Task<Dictionary<Digest, long?>> Numbers(Tx tx, string model, IEnumerable<Digest> digests)
    {
        Dictionary<Digest, long?> numbers = [];
        foreach (var digest in digests.Distinct())
            numbers[digest] = await versions.Find(tx, model, digest.ToString()) is { Ok: true, Value: var version } ? version.Number : null;
        return numbers;
    }

    static IEnumerable<Digest> Some(Digest? digest) => digest is { } one ? [one] : [];

    static long Age(DateTimeOffset heard, DateTimeOffset at) => at > heard ? (long)(at - heard).TotalSeconds : 0;
}
