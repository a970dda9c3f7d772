using Assay.Evaluation.Suites;
using Assay.Statistics.Resampling;

namespace Assay.Evaluation.Measures.Metrics;

/// <summary>A function of sums, with a bootstrap interval: log-loss, RMSE, F1, a macro average.</summary>
/// <param name="Wish">How the suite asks for it.</param>
/// <param name="HigherIsBetter">Which way is better.</param>
/// <param name="Terms">The sums that it needs.</param>
/// <param name="See">What it is of them, in their order; not finite where it has no value.</param>
/// <param name="Nothing">What to say then.</param>
internal sealed record FunctionMetric(MetricWish Wish, bool HigherIsBetter, IReadOnlyList<Term> Terms, BucketStatistic See, string Nothing) : Metric(Wish, HigherIsBetter)
{
    public override IReadOnlyList<Term> Terms { get; } = Terms;

    public override Measured Of(Sums sums)
    {
        var value = sums.Rows == 0 ? double.NaN : sums.Value(Terms, See);
        return double.IsFinite(value) ? new(value, sums.Rows, sums.Bootstrap(Terms, See), "poisson-bootstrap") : Measured.Failed(sums.Rows, Nothing);
    }

    public override Difference? Against(Sums sums, Sums baseline) => base.Against(sums, baseline) is { } plain
        ? plain with { Interval = sums.Bootstrap(Terms, See, baseline), Method = "paired-bootstrap" } : null;
}
