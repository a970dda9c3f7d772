using Assay.Contracts;
using Assay.Contracts.Documents;
using Assay.Contracts.Evidence;

namespace Assay.Server.Policies.Rules;

/// <summary>What the rules about one metric share: reading, and finding the numbers they are about.</summary>
static class MetricRule
{
    /// <summary>Reads the limit; a metric must be named.</summary>
    public static Rule Read(YamlMap map, Rule rule, string evidence)
    {
        if (rule.Metric is null)
            map.Wrong("metric", $"{rule.Kind} wants a metric; give metric: NAME");
        if (evidence == "invariants")
            map.Wrong(rule.Kind, "invariants have no metrics; give all: passed");
        var limit = map.Number(rule.Kind) ?? 0;
        return rule with { Limit = limit, Name = $"{rule.Metric?.Title} {rule.Kind} {CanonicalJson.Number(limit)}{(rule.EverySlice ? " in every slice" : "")}" };
    }

    /// <summary>Judges every number that the rule means, and takes the worst.</summary>
    public static RuleFinding Judge(Rule rule, Piece piece, GateCase about, Func<Metric, string, RuleFinding> judge)
    {
        var wanted = rule.Name;
        if (!rule.EverySlice)
            return Of(piece.Evaluation.Metrics, "") is { } found ? found
                : new(Outcome.Inconclusive, wanted, $"{rule.Metric!.Title} was not measured") { Mend = $"measure {rule.Metric.Name}: {about.Evaluate}" };
        if (piece.Evaluation.Slices.Count == 0)
            return new(Outcome.Inconclusive, wanted, "no slice was measured");
        // A slice that was found and not declared is measured by its loss alone: rules about other metrics do not mean it.
        return Bounds.Worst(piece.Evaluation.Slices.Where(slice => !slice.Discovered || slice.Metrics.Any(rule.Metric!.Means)).Select(slice => slice.Status == "too_small"
            ? new RuleFinding(Outcome.Inconclusive, wanted, $"{slice.Name}: too few rows to say") { N = slice.Rows }
            : Of(slice.Metrics, $" for {slice.Name}") ?? new(Outcome.Inconclusive, wanted, $"{rule.Metric!.Title} was not measured for {slice.Name}") { N = slice.Rows }));

        RuleFinding? Of(IReadOnlyList<Metric> metrics, string where)
        {
            var meant = metrics.Where(rule.Metric!.Means).ToList();
            return meant.Count == 0 ? null : Bounds.Worst(meant.Select(m => judge(m, m.Title + where) with { N = m.N, Baseline = m.Baseline }));
        }
    }
}
