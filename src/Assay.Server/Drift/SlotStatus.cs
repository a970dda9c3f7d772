namespace Assay.Server.Drift;

/// <summary>What can be said about a slot in one word.</summary>
public enum SlotStatus
{
    /// <summary>Nothing is approved, reported or seen.</summary>
    Nothing,
    /// <summary>A fresh observation sees exactly what is approved.</summary>
    AsApproved,
    /// <summary>Only CD says that what is approved runs; nobody observes it.</summary>
    Claimed,
    /// <summary>It differs, within the time that the environment allows.</summary>
    Pending,
    /// <summary>It differs.</summary>
    Drift,
    /// <summary>An observer is silent: nobody knows. Never shown as good.</summary>
    Unknown,
}

/// <summary>From findings to one word.</summary>
public static class SlotStanding
{
    /// <summary>The word. Green needs a fresh sighting of the approved digest, and nobody silent.</summary>
    public static SlotStatus Of(SlotView slot, IReadOnlyList<Finding> findings) =>
        findings.Any(f => !f.Pending && f.Kind != "stale-observation") ? SlotStatus.Drift
        : findings.Any(f => f.Kind == "stale-observation") ? SlotStatus.Unknown
        : findings.Any(f => f.Pending) ? SlotStatus.Pending
        : slot.Approved is { } approved && slot.Seen.Any(s => s.Digest == approved.Digest) ? SlotStatus.AsApproved
        : slot.Approved is { } target && slot.Claim?.Digest == target.Digest ? SlotStatus.Claimed
        : SlotStatus.Nothing;
}
