using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Promotions;

namespace Assay.Server.Drift;

/// <summary>What is approved for a slot, with who approved it.</summary>
public sealed record ApprovedState(
    Digest Digest, long? Version, string Promotion, PromotionKind Kind, DateTimeOffset At, string By, bool Verified, Digest VerdictDigest, DateTimeOffset NotAfter,
    IReadOnlyList<CountedApproval> Approvals, Digest? Replaces, string? Reason);

/// <summary>CD's claim.</summary>
public sealed record ReportedState(Digest Digest, long? Version, double Share, DateTimeOffset At, DateTimeOffset ReceivedAt, string By, bool Verified, string? Url, string? Commit, string? Actor, JsonNode? Routing, JsonNode? Serving);

/// <summary>What one source sees.</summary>
public sealed record ObservedState(
    Digest Digest, long? Version, int Level, double Share, long? Ready, long? Wanted, DateTimeOffset Since, DateTimeOffset LastHeard, long AgeSeconds, string Source, bool Stale, string? Image);

/// <summary>Who watches the slot.</summary>
public sealed record SourceState(string Source, DateTimeOffset? LastHeard, long? AgeSeconds, bool Stale, bool Complete);

/// <summary>One slot as it is known at a time: approved, reported and observed are three things, and the differences between them.</summary>
public record SlotState
{
    /// <summary>The environment.</summary>
    public required string Environment { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The slot.</summary>
    public required string Slot { get; init; }

    /// <summary>The time that it tells about.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The whole in one word.</summary>
    public required SlotStatus Status { get; init; }

    /// <summary>What is approved.</summary>
    public ApprovedState? Approved { get; init; }

    /// <summary>What CD says (level 0).</summary>
    public ReportedState? Reported { get; init; }

    /// <summary>What is seen (levels 1 to 5), the surest first.</summary>
    public required IReadOnlyList<ObservedState> Observed { get; init; }

    /// <summary>Who watches.</summary>
    public required IReadOnlyList<SourceState> Sources { get; init; }

    /// <summary>The differences, the worst first; pending ones among them.</summary>
    public required IReadOnlyList<Finding> Drift { get; init; }

    /// <summary>The slots of this model here that have something.</summary>
    public IReadOnlyList<string> Slots { get; init; } = [];
}
