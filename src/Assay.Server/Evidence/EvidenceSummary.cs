using Assay.Contracts;
using Assay.Contracts.Evidence;

namespace Assay.Server.Evidence;

/// <summary>One line that says what was measured.</summary>
public static class EvidenceSummary
{
    /// <summary>Such as <c>auc 0.85 [0.82, 0.88], n 5000</c> or <c>12 of 12 probes hold</c>.</summary>
    public static string Of(Evaluation? evaluation) => evaluation switch
    {
        null => "unreadable",
        { Kind: "invariants" } => $"{evaluation.Probes.Count(p => p.Ok)} of {evaluation.Probes.Count} probes hold{(evaluation.Reviewed != false ? "" : "; the suite was not reviewed by a person")}",
        { Kind: "slices" } => $"{evaluation.Slices.Count} slices",
        { Metrics.Count: 0 } => evaluation.Kind,
        _ => string.Join("; ", evaluation.Metrics.Take(3).Select(Of)) + (evaluation.Metrics.Count > 3 ? $"; {evaluation.Metrics.Count - 3} more" : ""),
    };

    /// <summary>A metric with its interval and number of rows.</summary>
    public static string Of(Metric metric) =>
        metric.Value is not { } value ? $"{metric.Title}: {metric.Error ?? metric.Status ?? "no value"}"
        : $"{metric.Title} {Number(value)}{Of(metric.Interval)}{(metric.N is { } n ? $", n {n}" : "")}";

    /// <summary><c> [low, high]</c>; an unbounded side is ∞.</summary>
    public static string Of(MeasuredInterval? interval) =>
        interval is null ? "" : $" [{(interval.Low is { } low ? Number(low) : "−∞")}, {(interval.High is { } high ? Number(high) : "∞")}]";

    /// <summary>A number as people read it: at most six digits after the point.</summary>
    public static string Number(double value) => CanonicalJson.Number(Math.Abs(value) is >= 1e-4 and < 1e6 ? Math.Round(value, 6) : value);
}
