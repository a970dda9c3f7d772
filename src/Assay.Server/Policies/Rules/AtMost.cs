namespace Assay.Server.Policies.Rules;

/// <summary><c>{metric: log_loss, at_most: 0.40}</c>: the upper bound keeps to the limit.</summary>
static class AtMost
{
    public static readonly RuleKind Kind = new("at_most", MetricRule.Read, (rule, piece, about) =>
        MetricRule.Judge(rule, piece, about, (metric, title) => Bounds.Judge(title, metric.Value, metric.Interval, rule.Limit!.Value, least: false, metric.Status, metric.Error)));
}
