using System.Text.Json.Nodes;
using Assay.Contracts;

namespace Assay.Server.Deployments;

/// <summary>The body of <c>POST /observations</c> (interfaces §6): everything that one source sees, with its place in order.</summary>
/// <param name="Source">Who observes, such as <c>agent/eu-1</c>.</param>
/// <param name="Environment">Where.</param>
/// <param name="Epoch">A ULID made at the observer's start.</param>
/// <param name="Seq">Counts within the epoch.</param>
/// <param name="At">The observer's clock.</param>
/// <param name="Complete">Is this all there is? Only then does what is not named count as gone.</param>
/// <param name="Slots">What was seen, slot by slot.</param>
public sealed record Observation(string? Source, string? Environment, string? Epoch, long? Seq, DateTimeOffset? At, bool? Complete, IReadOnlyList<ObservedSlot>? Slots);

/// <summary>One slot as it was seen. No instances and not complete: the observer could not look.</summary>
public sealed record ObservedSlot(string? Model, string? Slot, IReadOnlyList<ObservedInstance>? Instances);

/// <summary>One digest that was seen running.</summary>
/// <param name="Digest">Which.</param>
/// <param name="Level">How it is known: 1 manifest, 2 workload, 3 image, 4 files on disk, 5 the server's own answer.</param>
/// <param name="Share">Its share of traffic, 0 to 1.</param>
/// <param name="Ready">Replicas that are ready.</param>
/// <param name="Wanted">Replicas that are wanted.</param>
/// <param name="Since">Since when it runs, if the observer knows.</param>
/// <param name="Image">The container image.</param>
/// <param name="Claims">What the workload says about itself, such as its promotion; never believed.</param>
public sealed record ObservedInstance(string? Digest, int? Level, double? Share, long? Ready, long? Wanted, DateTimeOffset? Since, string? Image, JsonObject? Claims);

/// <summary>What an observation did.</summary>
/// <param name="Ignored">Was it older than what the source said before?</param>
/// <param name="Reason">Why it was ignored.</param>
/// <param name="Changed">What appeared and what is gone.</param>
public sealed record ObservationTaken(bool Ignored, string? Reason, IReadOnlyList<ObservedChange> Changed);

/// <summary>One change.</summary>
public sealed record ObservedChange(string Model, string Slot, Digest Digest, int Level, string What);
