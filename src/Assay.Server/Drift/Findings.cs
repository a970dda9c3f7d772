using Assay.Server.Drift.Kinds;

namespace Assay.Server.Drift;

/// <summary>All differences of a slot: a pure function of what is approved, what is known, and the time.</summary>
public static class Findings
{
    static readonly Func<SlotView, DateTimeOffset, IEnumerable<Finding>>[] Kinds = [UnapprovedLive.Find, DigestMismatch.Find, ApprovedNotLive.Find, StaleObservation.Find];

    /// <summary>The findings, the counted ones and the worst first.</summary>
    public static IReadOnlyList<Finding> Of(SlotView slot, DateTimeOffset now) =>
        [.. Kinds.SelectMany(find => find(slot, now)).OrderBy(f => f.Pending).ThenByDescending(f => f.Severity).ThenBy(f => f.Since).ThenBy(f => f.Id, StringComparer.Ordinal)];
}
