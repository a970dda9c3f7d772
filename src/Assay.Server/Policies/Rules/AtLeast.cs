namespace Assay.Server.Policies.Rules;

/// <summary><c>{metric: auc, at_least: 0.80}</c>: the lower bound reaches the limit.</summary>
static class AtLeast
{
    public static readonly RuleKind Kind = new("at_least", MetricRule.Read, (rule, piece, about) =>
        MetricRule.Judge(rule, piece, about, (metric, title) => Bounds.Judge(title, metric.Value, metric.Interval, rule.Limit!.Value, least: true, metric.Status, metric.Error)));
}
