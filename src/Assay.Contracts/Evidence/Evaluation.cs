using Assay.Contracts.Documents;

namespace Assay.Contracts.Evidence;

/// <summary>
/// The evaluation predicate (<see cref="Statement.Evaluation"/>), read: what was measured, on what, with which uncertainty. It measures and
/// never judges. Units and ranges are the metric's own; a bound that is null is unbounded.
/// </summary>
public sealed record Evaluation(
    string Kind, NamedDigest? Suite, DatasetFact? Dataset, Digest? Baseline, string? Evaluator,
    IReadOnlyList<Metric> Metrics, IReadOnlyList<Slice> Slices, IReadOnlyList<Probe> Probes)
{
    /// <summary>The most metrics, slices or probes that one statement may carry.</summary>
    public const int MostParts = 20_000;

    /// <summary>Reads a predicate; what is wrong goes into the list of problems behind <paramref name="predicate"/>.</summary>
    public static Evaluation Read(JsonMap predicate) => new(
        predicate.NeedText("kind"),
        predicate.Map("suite") is { } suite ? new(suite.NeedText("name"), suite.Sha256("digest")) : null,
        predicate.Map("dataset") is { } data ? new(data.Text("uri"), data.Sha256("digest"), data.Text("role"), data.Count("rows")) : null,
        predicate.Map("baseline")?.Sha256("digest"),
        predicate.Map("evaluator")?.Text("id"),
        [.. predicate.Maps("metrics", MostParts).Select(Metric.Read)],
        [.. predicate.Maps("slices", MostParts).Select(Slice.Read)],
        [.. predicate.Maps("probes", MostParts).Select(Probe.Read)]);
}

/// <summary>A name and, where it is content, the digest of that content.</summary>
public sealed record NamedDigest(string Name, Digest? Digest);

/// <summary>The data of a measurement. <see cref="Role"/> is such as <c>heldout</c> or <c>train</c>; <see cref="Rows"/> from 0.</summary>
public sealed record DatasetFact(string? Uri, Digest? Digest, string? Role, long? Rows);
