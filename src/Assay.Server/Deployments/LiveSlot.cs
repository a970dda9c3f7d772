using System.Text.Json.Nodes;
using Assay.Contracts;

namespace Assay.Server.Deployments;

/// <summary>One digest as one source sees it running.</summary>
/// <param name="Digest">Which.</param>
/// <param name="Level">How it is known, 1 to 5.</param>
/// <param name="Share">Its share of traffic, 0 to 1.</param>
/// <param name="Ready">Replicas that are ready.</param>
/// <param name="Wanted">Replicas that are wanted.</param>
/// <param name="Since">Since when it runs.</param>
/// <param name="LastHeard">When the source last confirmed it.</param>
/// <param name="Source">Who sees it.</param>
/// <param name="Stale">Was that too long ago to believe? Then it is unknown, never green.</param>
/// <param name="Image">The container image.</param>
/// <param name="Claims">What the workload says about itself.</param>
public sealed record Sighting(Digest Digest, int Level, double Share, long? Ready, long? Wanted, DateTimeOffset Since, DateTimeOffset LastHeard, string Source, bool Stale, string? Image, JsonObject? Claims)
{
    /// <summary>When it was first seen.</summary>
    public DateTimeOffset FirstSeen { get; init; }

    /// <summary>When it was seen to be gone; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>An observer of a slot.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LastHeard">When it last knew what runs there; null: never.</param>
/// <param name="Stale">Is that too long ago?</param>
/// <param name="Complete">Was its last observation complete?</param>
/// <param name="Seq">The number of its last observation.</param>
/// <param name="WatchesSince">Since when it is expected to know.</param>
public sealed record Observer(string Name, DateTimeOffset? LastHeard, bool Stale, bool Complete, long Seq, DateTimeOffset WatchesSince);

/// <summary>What is known about a slot: what CD says and what was seen are two things.</summary>
/// <param name="Slot">Which slot.</param>
/// <param name="Environment">Its environment.</param>
/// <param name="Reported">CD's newest claim that something runs; null when it says that nothing does.</param>
/// <param name="Observed">What is seen, fresh and stale.</param>
/// <param name="Observers">Who watches it.</param>
public sealed record LiveSlot(SlotName Slot, EnvironmentView Environment, Report? Reported, IReadOnlyList<Sighting> Observed, IReadOnlyList<Observer> Observers);
