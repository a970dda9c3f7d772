using Assay.Statistics;

namespace Assay.Evaluation.Heldout;

/// <summary>A share of some of the rows, with Clopper and Pearson's interval: accuracy, recall, precision, and their like.</summary>
/// <param name="Name">Its name.</param>
/// <param name="HigherIsBetter">Which way is better.</param>
/// <param name="Counts">Of (label, predicted): does the row count, and is it a hit?</param>
/// <param name="Nothing">What to say when no row counts.</param>
/// <param name="Pairs">Do the same rows count for every model? Not where the model's own predictions choose them.</param>
internal sealed record ShareMetric(string Name, bool HigherIsBetter, Func<bool, bool, (bool Counts, bool Hit)> Counts, string Nothing, bool Pairs = true)
    : Metric(Name, HigherIsBetter, ForRegression: false)
{
    public override bool HasThreshold => true;

    public override Measured Of(ScoredRows rows, double threshold)
    {
        long n = 0, hits = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            var (counts, hit) = Counts(rows.Positive[i], rows.Scores[i] >= threshold);
            (n, hits) = (n + (counts ? 1 : 0), hits + (counts && hit ? 1 : 0));
        }
        return n == 0 ? Measured.Failed(0, Nothing) : new((double)hits / n, n, Proportions.ClopperPearson(hits, n, rows.Level), "clopper-pearson");
    }

    public override Difference? Against(ScoredRows rows, ScoredRows other, double threshold)
    {
        if (base.Against(rows, other, threshold) is not { } plain || !Pairs)
            return base.Against(rows, other, threshold);
        // The same rows count in both models, so the difference is a mean over them: rows that do not count add nothing to it.
        double[] Hits(ScoredRows of) => [.. of.Scores.Select((score, i) => Counts(of.Positive[i], score >= threshold)).Select(c => c.Counts && c.Hit ? 1.0 : 0)];
        var counted = rows.Positive.Count(label => Counts(label, true).Counts);
        var scale = (double)rows.Count / counted;
        return plain with { Interval = rows.Bootstrap.OfDifference(Hits(rows), Hits(other), rows.Level, mean => mean * scale), Method = "paired-bootstrap" };
    }
}
