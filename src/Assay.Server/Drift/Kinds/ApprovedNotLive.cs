namespace Assay.Server.Drift.Kinds;

/// <summary>A promotion whose digest does not run. Where every observer is silent nobody can say so: that is stale, not this.</summary>
internal static class ApprovedNotLive
{
    public static IEnumerable<Finding> Find(SlotView slot, DateTimeOffset now)
    {
        if (slot.Approved is not { } approved || slot.Seen.Any(s => s.Digest == approved.Digest))
            yield break;
        var observers = slot.Live.Observers;
        if (observers.Count > 0 && observers.All(o => o.Stale))
            yield break;
        // A silent observer that last saw it may still have it.
        if (slot.Live.Observed.Any(s => s.Stale && s.Digest == approved.Digest))
            yield break;
        if (observers.Count == 0 && slot.Claim?.Digest == approved.Digest)
            yield break;
        var who = observers.Count == 0 ? "nobody reports or observes it" : $"{string.Join(", ", observers.Where(o => !o.Stale).Select(o => o.Name))} {(observers.Count(o => !o.Stale) == 1 ? "does" : "do")} not see it";
        yield return slot.Find("approved-not-live", Severity.High, approved.Digest, approved.Promotion, approved.At, slot.Grace.ApprovedNotLive, now,
            $"{approved.Digest.Short} is approved for {slot.Name.Model} in {slot.Name.Environment}/{slot.Name.Slot}, but {who}.",
            $"Deploy it: assay pull {slot.Name.Model} {slot.Options} --verify -o DIR");
    }
}
