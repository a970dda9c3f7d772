using Assay.Contracts;

namespace Assay.Server.Drift.Kinds;

/// <summary>A digest takes traffic that no active promotion approves: seen by an observer, or claimed by CD (level 0).</summary>
internal static class UnapprovedLive
{
    public static IEnumerable<Finding> Find(SlotView slot, DateTimeOffset now)
    {
        foreach (var seen in slot.Seen.Where(s => s.Digest != slot.Approved?.Digest).GroupBy(s => s.Digest))
        {
            var best = seen.MaxBy(s => s.Level)!;
            yield return Of(slot, seen.Key, seen.Min(s => s.Since), best.Level, best.Source, $"{best.Source} sees {seen.Key.Short} (level {best.Level}, {best.Share:P0} of the traffic)", now);
        }
        // A claim counts at once, until an observer that looked afterwards knows better.
        if (slot.Claim is { } claim && claim.Digest != slot.Approved?.Digest && !slot.ClaimWasChecked && slot.Seen.All(s => s.Digest != claim.Digest))
            yield return Of(slot, claim.Digest, claim.At < claim.ReceivedAt ? claim.At : claim.ReceivedAt, 0, claim.By, $"{claim.By} reports {claim.Digest.Short} as deployed (level 0)", now);
    }

    static Finding Of(SlotView slot, Digest digest, DateTimeOffset since, int level, string source, string what, DateTimeOffset now)
    {
        var replaced = slot.Approved is { } approved && approved.Replaces == digest ? approved : null;
        // What was approved until now may go on running while the rollout of a promotion lasts; after a rollback it has no time left.
        var grace = replaced is { IsRollback: false } && slot.Grace.ApprovedNotLive > slot.Grace.UnapprovedLive ? slot.Grace.ApprovedNotLive : slot.Grace.UnapprovedLive;
        var began = replaced is not null && replaced.At > since ? replaced.At : since;
        return slot.Find("unapproved-live", Severity.Critical, digest, digest.Short, began, grace, now,
            $"{what}, but {(slot.Approved is { } a ? $"{a.Digest.Short} is approved" : "nothing is approved")} for {slot.Name.Model} in {slot.Name.Environment}/{slot.Name.Slot}.",
            slot.Approved is { } target
                ? $"Deploy what is approved: assay pull {slot.Name.Model} {slot.Options} --verify -o DIR ({target.Digest.Short})"
                : $"Take it out of service, or have it judged: assay gate {slot.Name.Model}@{digest} {slot.Options}", level, source);
    }
}
