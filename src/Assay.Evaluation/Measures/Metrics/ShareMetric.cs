using Assay.Evaluation.Suites;
using Assay.Statistics;
using Assay.Statistics.Resampling;

namespace Assay.Evaluation.Measures.Metrics;

/// <summary>A share of some of the rows, with Clopper and Pearson's interval (the bootstrap's where rows weigh differently): accuracy, recall, and their like.</summary>
/// <param name="Wish">How the suite asks for it.</param>
/// <param name="HigherIsBetter">Which way is better.</param>
/// <param name="Terms">The sums that it needs.</param>
/// <param name="Hits">The hits of them.</param>
/// <param name="Counted">The rows that count.</param>
/// <param name="Nothing">What to say when none does.</param>
internal sealed record ShareMetric(MetricWish Wish, bool HigherIsBetter, IReadOnlyList<Term> Terms, BucketStatistic Hits, BucketStatistic Counted, string Nothing) : Metric(Wish, HigherIsBetter)
{
    public override IReadOnlyList<Term> Terms { get; } = Terms;

    /// <summary>The share; NaN when no row counts.</summary>
    public double Share(ReadOnlySpan<double> sums) => Counted(sums) is > 0 and var counted ? Hits(sums) / counted : double.NaN;

    public override Measured Of(Sums sums)
    {
        double hits = sums.Value(Terms, Hits), counted = sums.Value(Terms, Counted);
        if (counted <= 0)
            return Measured.Failed(0, Nothing);
        return sums.Frame.Weighted
            ? new(hits / counted, sums.Rows, sums.Bootstrap(Terms, Share), "poisson-bootstrap")
            : new(hits / counted, (long)counted, Proportions.ClopperPearson((long)hits, (long)counted, sums.Frame.Level), "clopper-pearson");
    }

    public override Difference? Against(Sums sums, Sums baseline) => base.Against(sums, baseline) is { } plain
        ? plain with { Interval = sums.Bootstrap(Terms, Share, baseline), Method = "paired-bootstrap" } : null;
}
