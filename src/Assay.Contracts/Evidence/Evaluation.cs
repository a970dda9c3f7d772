using System.Text.Json.Nodes;
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

    /// <summary>The points from which a report draws.</summary>
    public Curves Curves { get; init; } = new();

    /// <summary>What the tail's loss is called, such as <c>log_loss</c>.</summary>
    public string? Loss { get; init; }

    /// <summary>The rows that cost most, the worst first.</summary>
    public IReadOnlyList<WorstRow> Worst { get; init; } = [];

    /// <summary>How the model was asked, such as <c>onnx</c>.</summary>
    public string? Runner { get; init; }

    /// <summary>The commit of the code that measured.</summary>
    public string? EvaluatorCode { get; init; }

    /// <summary>Did a person look at the suite? False for one that a program wrote and nobody signed off; null when it does not say.</summary>
    public bool? Reviewed { get; init; }

    /// <summary>Reads a predicate; what is wrong goes into the list of problems behind <paramref name="predicate"/>.</summary>
    public static Evaluation Read(JsonMap predicate)
    {
        var (suite, evaluator) = (predicate.Map("suite"), predicate.Map("evaluator"));
        return new(
            predicate.NeedText("kind"),
            suite is null ? null : new(suite.NeedText("name"), suite.Sha256("digest")),
            predicate.Map("dataset") is { } data ? DatasetFact.Read(data) : null,
            predicate.Map("baseline")?.Sha256("digest"),
            evaluator?.Text("id"),
            [.. predicate.Maps("metrics", MostParts).Select(Metric.Read)],
            [.. predicate.Maps("slices", MostParts).Select(Slice.Read)],
            [.. predicate.Maps("probes", MostParts).Select(Probe.Read)])
        {
            Curves = predicate.Map("curves") is { } curves ? Curves.Read(curves) : new(),
            Loss = predicate.Text("loss"),
            Worst = [.. predicate.Maps("worst", MostParts).Select(WorstRow.Read)],
            Runner = Named(predicate, "runner", "kind"),
            EvaluatorCode = evaluator is null ? null : Named(evaluator, "code", "gitCommit"),
            Reviewed = predicate.Truth("reviewed") ?? suite?.Truth("reviewed"),
        };
    }

    /// <summary>A text, or an object of which one field says the same.</summary>
    static string? Named(JsonMap map, string field, string inside) => map.Node[field] is JsonObject ? map.Map(field)!.Text(inside) : map.Text(field);
}

/// <summary>A name and, where it is content, the digest of that content.</summary>
public sealed record NamedDigest(string Name, Digest? Digest);

/// <summary>The data of a measurement. <see cref="Role"/> is such as <c>heldout</c> or <c>train</c>; <see cref="Rows"/> from 0.</summary>
public sealed record DatasetFact(string? Uri, Digest? Digest, string? Role, long? Rows)
{
    /// <summary>The fingerprint of the set of rows, the same in every order and format; null when it was not taken.</summary>
    public Digest? RowsDigest { get; init; }

    internal static DatasetFact Read(JsonMap data) => new(data.Text("uri"), data.Sha256("digest"), data.Text("role"), data.Count("rows")) { RowsDigest = data.Sha256("rows_digest") };
}
