using Assay.Contracts;
using Assay.Server.Events;

namespace Assay.Server.Tracking;

/// <summary>
/// A metric of a run: its latest point by (step, timestamp, value), how many points it has, and the digest of its whole history,
/// SHA-256 over the RFC 8785 JSON <c>[[timestamp, step, value], …]</c> ordered by timestamp, step, value, with <c>"NaN"</c> as a text.
/// </summary>
public sealed record MetricFact(string Key, double Value, long TimestampMs, long Step, long Count, Digest History);

/// <summary>A data set that a run says it read.</summary>
public sealed record InputFact(string Name, string Digest, string SourceType, string Source, string? Schema, string? Profile, IReadOnlyDictionary<string, string> Tags);

/// <summary>A logged model of a run: one of its outputs, or one that names it as its source.</summary>
public sealed record ModelFact(string ModelId, string Name, string ArtifactUri, string Status, long Step);

/// <summary>The version that was made of a run: from it on, the run never changes.</summary>
public sealed record SealFact(string Model, long Number, Digest Version, Digest Seal);

/// <summary>Everything that is known of a run, in one snapshot. Times are UTC milliseconds. <paramref name="Writers"/> are all principals that ever wrote to it.</summary>
public sealed record RunFacts(
    string RunId, string ExperimentId, string ExperimentName, string Name, string User, string Status, long StartMs, long? EndMs, string Lifecycle, string ArtifactUri,
    IReadOnlyDictionary<string, string> Params, IReadOnlyDictionary<string, string> Tags, IReadOnlyDictionary<string, string> ExperimentTags,
    IReadOnlyList<MetricFact> Metrics, IReadOnlyList<InputFact> Inputs, IReadOnlyList<ModelFact> Models, IReadOnlyList<string> Writers, SealFact? Seal)
{
    /// <summary>The server that the run was imported from; null for one that was logged here.</summary>
    public string? ImportedFrom { get; init; }
}

/// <summary>What decides whether a run may be written to. <paramref name="Lifecycle"/> is <c>active</c> or <c>deleted</c>.</summary>
public sealed record RunState(string RunId, string ExperimentId, string Status, string Lifecycle, SealFact? Seal);

/// <summary>A run became FINISHED, FAILED or KILLED.</summary>
public sealed record RunEnded(string RunId, string ExperimentId, string Status) : IEvent
{
    /// <inheritdoc/>
    public string Subject => RunId;
}

/// <summary>Asked when a run ends; answered by higher rooms. FAILED and KILLED are always accepted.</summary>
public interface IRunEnding
{
    /// <summary>May this run be said to be FINISHED? Why not, or null. Asked before the unit that would say so, since the answer may read files.</summary>
    Task<Refusal?> MayFinish(string runId, CancellationToken ct);

    /// <summary>The run has ended, in whatever status: what follows may be done at once. The event <see cref="RunEnded"/> makes sure that it is done at all.</summary>
    Task Ended(string runId, CancellationToken ct);
}
