using Assay.Server.Drift;

namespace Assay.Server.Pages.Parts;

/// <summary>One digest as it was seen in a slot.</summary>
/// <param name="Version">What it is.</param>
/// <param name="Share">Share of traffic, 0 to 1; null when nobody measured it.</param>
/// <param name="Level">Evidence level, 0 to 5.</param>
/// <param name="Since">First seen so.</param>
/// <param name="Source">Who saw it.</param>
/// <param name="Approved">Does an active promotion of this slot name it?</param>
public sealed record SeenLine(VersionRef Version, double? Share, int Level, DateTimeOffset? Since, string Source, bool Approved)
{
    /// <summary>How many replicas run it, in words.</summary>
    public string? Replicas { get; init; }

    /// <summary>Its source fell silent: it ran then, whether it runs is unknown.</summary>
    public bool Stale { get; init; }
}

/// <summary>What people decided for a slot.</summary>
public sealed record ApprovedLine(VersionRef Version, DateTimeOffset At, string By)
{
    /// <summary>Is the principal's identity proven?</summary>
    public bool Verified { get; init; }

    /// <summary>When the approval ends.</summary>
    public DateTimeOffset? NotAfter { get; init; }
}

/// <summary>What CD says it did to a slot.</summary>
public sealed record ReportedLine(VersionRef Version, string Status, DateTimeOffset At, string By, string? Url);

/// <summary>One slot of one model in one environment: approved, reported and observed beside each other, never merged.</summary>
public sealed record SlotLine(string Model, string Environment, string Slot, ApprovedLine? Approved, ReportedLine? Reported, IReadOnlyList<SeenLine> Observed)
{
    /// <summary>The word of the room that compares; null in examples.</summary>
    public SlotStatus? Status { get; init; }

    /// <summary>When the slot's observers were last heard; null when none ever was.</summary>
    public DateTimeOffset? Heard { get; init; }

    /// <summary>The newest observation is older than its limit: all of it is history.</summary>
    public bool Stale { get; init; }

    /// <summary>Open findings about this slot, worst first.</summary>
    public IReadOnlyList<FindingLine> Findings { get; init; } = [];

    /// <summary>The one mark of this slot.</summary>
    public Standing Standing => SlotStanding.Of(this);
}
