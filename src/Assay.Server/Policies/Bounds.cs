using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Evidence;

namespace Assay.Server.Policies;

/// <summary>
/// Judging a number by the bounds of its interval, never by the point: proven when the bound that matters lies on the right side of the limit,
/// disproven when the other bound lies on the wrong one, undecided between. A missing bound is unbounded.
/// </summary>
static class Bounds
{
    /// <summary>An interval of less confidence proves nothing worth deciding on.</summary>
    const double LeastLevel = 0.9;

    /// <summary>Value at least limit (<paramref name="least"/>), or at most.</summary>
    public static RuleFinding Judge(string title, double? value, MeasuredInterval? interval, double limit, bool least, string? status, string? error)
    {
        var wanted = least ? $"lower bound ≥ {CanonicalJson.Number(limit)}" : $"upper bound ≤ {CanonicalJson.Number(limit)}";
        if (value is not { } point || !double.IsFinite(point))
            return status == "too_small"
                ? new(Outcome.Inconclusive, wanted, $"{title}: too few rows to say")
                : new(Outcome.Failed, wanted, $"{title} is not a number{(error is null ? "" : $": {error}")}");
        interval = interval is null ? null : interval with { Low = Finite(interval.Low), High = Finite(interval.High) };
        var finding = new RuleFinding(Outcome.Inconclusive, wanted, "") { Seen = EvidenceSummary.Number(point) + EvidenceSummary.Of(interval), Value = point, Low = interval?.Low, High = interval?.High };
        var (outcome, reason) = Weigh(title, point, interval, limit, least, status);
        return finding with { Outcome = outcome, Reason = reason };
    }

    static (Outcome, string) Weigh(string title, double point, MeasuredInterval? interval, double limit, bool least, string? status)
    {
        if (status == "too_small")
            return (Outcome.Inconclusive, $"{title}: too few rows to say");
        if (interval is null)
            return (Outcome.Inconclusive, $"{title} has no interval: a point proves nothing");
        if (!(interval.Level >= LeastLevel))
            return (Outcome.Inconclusive, $"the interval of {title} has level {interval.Level:R}; at least {LeastLevel:R} is judged");
        if (point < interval.Low || point > interval.High)
            return (Outcome.Inconclusive, $"{title} lies outside its own interval");
        var (proving, denying) = least ? (interval.Low, interval.High) : (interval.High, interval.Low);
        var shown = CanonicalJson.Number(limit);
        if (least ? proving >= limit : proving <= limit)
            return (Outcome.Passed, $"{(least ? "the lower bound reaches" : "the upper bound keeps to")} {shown}");
        if (least ? denying < limit : denying > limit)
            return (Outcome.Failed, $"even the {(least ? "upper bound is below" : "lower bound is above")} {shown}");
        return (Outcome.Inconclusive, $"{shown} lies within the interval: more rows would decide");
    }

    /// <summary>A bound that is no number bounds nothing.</summary>
    static double? Finite(double? bound) => bound is { } number && double.IsFinite(number) ? number : null;

    /// <summary>The worst of several findings: what must hold for all is only as good as that.</summary>
    public static RuleFinding Worst(IEnumerable<RuleFinding> findings) => findings.MaxBy(f => f.Outcome)!;
}
