using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts.Documents;

namespace Assay.Contracts.Evidence;

/// <summary>
/// The points from which a report draws (<c>curves</c> of the predicate). Everything is optional. With more than two classes each class has
/// its own, in <see cref="Classes"/>.
/// </summary>
public sealed record Curves
{
    /// <summary>The most points of one curve, bins of one histogram, or classes.</summary>
    public const int MostPoints = 1000;

    /// <summary>False positive rate and true positive rate, both from 0 to 1.</summary>
    public IReadOnlyList<CurvePoint> Roc { get; init; } = [];

    /// <summary>Recall and precision, both from 0 to 1.</summary>
    public IReadOnlyList<CurvePoint> Pr { get; init; } = [];

    /// <summary>What was predicted beside what happened, in bins of about as many rows each.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability { get; init; } = [];

    /// <summary>How prediction minus truth is spread.</summary>
    public IReadOnlyList<HistogramBin> Residuals { get; init; } = [];

    /// <summary>How the scores are spread, and how many rows of each bin were positive.</summary>
    public IReadOnlyList<HistogramBin> Scores { get; init; } = [];

    /// <summary>The curves of each class; empty where two classes are one score.</summary>
    public IReadOnlyList<ClassCurves> Classes { get; init; } = [];

    /// <summary>Is there anything to draw?</summary>
    public bool Any => Roc.Count + Pr.Count + Reliability.Count + Residuals.Count + Scores.Count + Classes.Count > 0;

    internal static Curves Read(JsonMap curves) => new()
    {
        Roc = Points(curves, "roc"),
        Pr = Points(curves, "pr"),
        Reliability = [.. curves.Maps("reliability", MostPoints).Select(bin => new ReliabilityBin(bin.Number("mean") ?? 0, bin.Number("share") ?? 0, bin.Count("n") ?? 0))],
        Residuals = Bins(curves, "residuals"),
        Scores = Bins(curves, "scores"),
        Classes = [.. curves.Maps("classes", MostPoints).Select(one => new ClassCurves(one.Label("class") ?? "", Read(one)))],
    };

    static IReadOnlyList<HistogramBin> Bins(JsonMap curves, string field) =>
        [.. curves.Maps(field, MostPoints).Select(bin => new HistogramBin(bin.Number("from"), bin.Number("to"), bin.Count("n") ?? 0, bin.Count("positive")))];

    static IReadOnlyList<CurvePoint> Points(JsonMap curves, string field)
    {
        if (curves.Node[field] is not { } value)
            return [];
        if (value is JsonArray list && list.Count <= MostPoints && list.Select(Point).ToArray() is var points && points.All(point => point is not null))
            return [.. points.Select(point => point!.Value)];
        curves.Wrong(field, $"at most {MostPoints} points [x, y], both from 0 to 1", "something else", $"Give '{field}' as [[x, y], …].");
        return [];
    }

    static CurvePoint? Point(JsonNode? node) => node is JsonArray { Count: 2 } pair && Rate(pair[0]) is { } x && Rate(pair[1]) is { } y ? new(x, y) : null;

    static double? Rate(JsonNode? number) => number?.GetValueKind() is JsonValueKind.Number && double.TryParse(number.ToJsonString(), CultureInfo.InvariantCulture, out var real) && real is >= 0 and <= 1 ? real : null;
}

/// <summary>A point of a curve; both numbers from 0 to 1.</summary>
public readonly record struct CurvePoint(double X, double Y);

/// <summary>Rows of about the same score: <see cref="Mean"/> of what was predicted, <see cref="Share"/> that happened, both from 0 to 1, of <see cref="N"/> rows.</summary>
public readonly record struct ReliabilityBin(double Mean, double Share, long N);

/// <summary>How many values lie between two bounds, in the data's own unit; a null bound is open. <see cref="Positive"/>: how many of them are of the positive class.</summary>
public readonly record struct HistogramBin(double? From, double? To, long N, long? Positive);

/// <summary>The curves of one class against all others.</summary>
public sealed record ClassCurves(string Class, Curves Curves);
