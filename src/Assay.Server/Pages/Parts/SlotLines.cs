using Assay.Contracts;
using Assay.Server.Deployments;
using Assay.Server.Drift;
using Assay.Server.Promotions;
using Assay.Server.Registry;
using Assay.Server.Storage;
using SlotName = Assay.Server.Deployments.SlotName;

namespace Assay.Server.Pages.Parts;

/// <summary>Puts together what the rooms know about slots, as pages show it. Judges nothing: findings come from the room that makes them.</summary>
internal sealed class SlotLines(LiveState live, PromotionBook book, Versions versions)
{
    /// <summary>Every slot in which something is approved, reported or observed.</summary>
    public async Task<IReadOnlyList<SlotName>> Known(Tx tx) =>
        [.. (await live.Slots(tx)).Concat((await book.Active(tx)).Select(p => new SlotName(p.Environment, p.Model, p.Slot))).Distinct()
            .OrderBy(slot => slot.Environment != "production").ThenBy(slot => slot.Environment, StringComparer.Ordinal).ThenBy(slot => slot.Model, StringComparer.Ordinal).ThenBy(slot => slot.Slot != "primary").ThenBy(slot => slot.Slot, StringComparer.Ordinal)];

    /// <summary>One slot as it was known at a moment.</summary>
    public async Task<SlotLine> Of(Tx tx, SlotName name, DateTimeOffset at)
    {
        var slot = await live.Of(tx, name, at);
        var promotion = (await book.History(tx, name.Model, name.Environment, name.Slot)).FirstOrDefault(p => p.At <= at);
        var findings = Findings.Of(new(slot, Target(promotion)), at);
        var observers = slot.Observers;
        return new(name.Model, name.Environment, name.Slot,
            promotion is null ? null : new(await Ref(tx, name.Model, promotion.Digest), promotion.At, promotion.By) { Verified = promotion.Verified, NotAfter = promotion.NotAfter },
            slot.Reported is { } report ? new(await Ref(tx, name.Model, report.Digest), report.Status.ToString().ToLowerInvariant(), report.At, report.Actor ?? report.By, RunGround.Web(report.Url)) : null,
            await Seen(tx, name, slot, promotion))
        {
            Heard = observers.Select(observer => observer.LastHeard).Max(),
            Stale = observers.Any(observer => observer.Stale) || slot.Observed.Any(sighting => sighting.Stale),
            Findings = await Lines(tx, findings),
        };
    }

    /// <summary>What a digest is: the model's own version, another model's, or nothing we know.</summary>
    public async Task<VersionRef> Ref(Tx tx, string model, Digest digest) =>
        await versions.Find(tx, model, digest.ToString()) is { Ok: true } own ? new(digest, own.Value.Model, own.Value.Number)
        : await versions.ByDigest(tx, digest) is { } other ? new(digest, other.Model, other.Number)
        : new(digest, null, null);

    static Approved? Target(PromotionView? promotion) =>
        promotion is null ? null : new(promotion.Digest, promotion.Id, promotion.At, promotion.Kind is PromotionKind.Rollback, promotion.Replaces);

    async Task<IReadOnlyList<SeenLine>> Seen(Tx tx, SlotName name, LiveSlot slot, PromotionView? promotion)
    {
        List<SeenLine> lines = [];
        foreach (var sighting in slot.Observed.OrderByDescending(sighting => sighting.Share))
            lines.Add(new(await Ref(tx, name.Model, sighting.Digest), sighting.Share, sighting.Level, sighting.Since, sighting.Source, sighting.Digest == promotion?.Digest)
            {
                Stale = sighting.Stale,
                Replicas = sighting is { Ready: { } ready, Wanted: { } wanted } ? $"{ready} of {wanted} replicas" : null,
            });
        return lines;
    }

    async Task<IReadOnlyList<FindingLine>> Lines(Tx tx, IReadOnlyList<Finding> findings)
    {
        List<FindingLine> lines = [];
        foreach (var finding in findings)
        {
            var (words, command) = Mend.Of(finding.Mend);
            lines.Add(new(finding.Kind, finding.Pending ? "info" : finding.Severity.ToString().ToLowerInvariant(), finding.Model, finding.Environment, finding.Slot, finding.Message, finding.Since, finding.Owner, words)
            {
                Command = command,
                Version = finding.Digest is { } digest ? await Ref(tx, finding.Model, digest) : null,
            });
        }
        return lines;
    }
}
