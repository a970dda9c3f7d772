using Assay.Contracts;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Heldout;

/// <summary>Metrics as an outcome: evidence, table, messages.</summary>
internal static class HeldoutOutcome
{
    public static EvaluationOutcome Of(EvaluationSuite suite, DataFile data, ulong seed, Digest? baseline, IReadOnlyList<MetricResult> results, Refusal? why, Refusal? whyNoBaseline)
    {
        var name = suite.Head.Name;
        var messages = new List<string>();
        if (why is not null)
            messages.Add($"{name}: nothing could be measured. {why.Message} {why.Mend}");
        if (whyNoBaseline is not null)
            messages.Add($"{name}: there is no comparison, for the other version could not be measured. {whyNoBaseline.Message} {whyNoBaseline.Mend}");
        if (suite.NotMeasured.Count > 0)
            messages.Add($"{name}: {string.Join(", ", suite.NotMeasured)} {(suite.NotMeasured.Count == 1 ? "is" : "are")} not measured by this version; a policy that asks for such evidence stays inconclusive.");
        messages.AddRange(results.Where(r => r.Metric is AucMetric && r.Value is { Value: 0 or 1 })
            .Select(_ => $"{name}: the classes are separated perfectly, so the interval of auc is a guess; check the data for a leaked label."));
        return new([new("heldout", name, HeldoutPredicate.Of(suite, data, seed, whyNoBaseline is null ? baseline : null, results))], [.. results.Select(r => Row(name, r))],
            messages, Failed: false, Errored: whyNoBaseline is not null || results.Any(r => r.Value.Error is not null));
    }

    static OutcomeRow Row(string suite, MetricResult result)
    {
        var (wish, _, value, difference) = result;
        return new(suite, wish.Name, value.Error is null ? OutcomeState.Measured : OutcomeState.Error, value.Value, Bound(value.Interval?.Low), Bound(value.Interval?.High), value.N,
            value.Error ?? value.Method, difference?.Baseline, difference?.Delta);
    }

    static double? Bound(double? bound) => bound is { } finite && double.IsFinite(finite) ? finite : null;
}
