using Assay.Evaluation.Suites;
using Assay.Statistics;

namespace Assay.Evaluation.Measures.Metrics;

/// <summary>A metric of the order of scores, or of bins of it: AUC, average precision, calibration.</summary>
/// <param name="Wish">How the suite asks for it.</param>
/// <param name="HigherIsBetter">Which way is better.</param>
/// <param name="Classes">The classes over which it is averaged; one for a metric of that class.</param>
/// <param name="See">How it is read from the ranks of one class.</param>
internal sealed record RankMetric(MetricWish Wish, bool HigherIsBetter, IReadOnlyList<int> Classes, Func<RankFacts, double, Measured> See) : Metric(Wish, HigherIsBetter)
{
    public override IReadOnlyList<Term> Terms => [];

    public override bool NeedsRanks => true;

    public override Measured Of(Sums sums)
    {
        if (sums.Frame.Weighted)
            return Measured.Failed(sums.Rows, "it is not measured over rows that weigh differently");
        if (Classes is [var only])
            return See(sums.Ranks![only], sums.Frame.Level);
        var each = Classes.Select(c => See(sums.Ranks![c], sums.Frame.Level)).ToList();
        // A macro average over a class without a value has none either (evaluation.md §5.1).
        return each.FirstOrDefault(m => m.Value is null) is { } without ? Measured.Failed(sums.Rows, without.Error!) : new(each.Average(m => m.Value!.Value), sums.Rows);
    }

    public override Difference? Against(Sums sums, Sums baseline)
    {
        if (base.Against(sums, baseline) is not { } plain)
            return null;
        return Wish.Name == "auc" && Classes is [var only] && sums.Ranks![only].Paired is { } interval
            ? plain with { Interval = interval, Method = "paired-delong" } : plain;
    }
}
