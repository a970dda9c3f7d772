using Assay.Contracts;

namespace Assay.Server.Drift.Why;

/// <summary>What is so and since when, in one sentence a woken person understands. Pure.</summary>
static class Headline
{
    public static string Of(SlotState state)
    {
        var place = $"{state.Environment}/{state.Slot}";
        var seen = state.Observed.FirstOrDefault(o => !o.Stale);
        var approved = state.Approved is { } a ? Name(a.Digest, a.Version) : null;
        return state.Status switch
        {
            SlotStatus.AsApproved => $"{approved} is live in {place} since {At(seen!.Since)}, and it is what was approved.",
            SlotStatus.Claimed => $"CD reports {approved}, which is approved, as live in {place} since {At(state.Reported!.At)}; nobody observes it.",
            SlotStatus.Unknown => $"Nobody knows what is live in {place}: {(state.Observed is [var last, ..] ? $"{Name(last.Digest, last.Version)} was last seen {At(last.LastHeard)}" : "no observer answers")}. {(approved is null ? "Nothing is approved." : $"{approved} is approved.")}",
            SlotStatus.Pending or SlotStatus.Drift when seen is not null => $"{Name(seen.Digest, seen.Version)} is live in {place} since {At(seen.Since)}; {(approved is null ? "nothing is approved" : seen.Digest == state.Approved!.Digest ? "it is what was approved, but not everything agrees" : $"{approved} is approved")}.",
            SlotStatus.Pending or SlotStatus.Drift when state.Reported is { } claim => $"CD reports {Name(claim.Digest, claim.Version)} as live in {place} since {At(claim.At)}; {(approved is null ? "nothing is approved" : $"{approved} is approved")}.",
            SlotStatus.Pending or SlotStatus.Drift => $"{approved} is approved for {place} since {At(state.Approved!.At)}, and is not live.",
            _ => $"Nothing is approved, reported or observed in {place}.",
        };
    }

    static string Name(Digest digest, long? number) => number is { } n ? $"{digest.Short} (number {n})" : $"{digest.Short} (no version of this registry)";

    static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
