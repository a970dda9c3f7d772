using Assay.Statistics;

namespace Assay.Evaluation.Heldout;

/// <summary>The area under the ROC curve, with DeLong's interval.</summary>
internal sealed record AucMetric() : Metric("auc", HigherIsBetter: true, ForRegression: false)
{
    public override Measured Of(ScoredRows rows, double threshold) => Auc.Of(rows.Scores, rows.Positive) is { } auc
        ? new(auc.Value, rows.Count, auc.Interval(rows.Level), "delong")
        : Measured.Failed(rows.Count, "the data has one class only, so there is nothing to rank");

    public override Difference? Against(ScoredRows rows, ScoredRows other, double threshold)
    {
        if (Auc.Of(rows.Scores, rows.Positive) is not { } auc || Auc.Of(other.Scores, other.Positive) is not { } baseline)
            return null;
        var (delta, interval) = auc.Minus(baseline, rows.Level);
        return new(baseline.Value, delta, interval, "paired-delong");
    }
}
