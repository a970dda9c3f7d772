namespace Assay.Evaluation.Heldout;

/// <summary>A calibration error, shown without an interval: a bootstrap of it covers nothing it claims to (evaluation.md §5).</summary>
internal sealed record CalibrationMetric(string Name, Func<double[], bool[], double> Compute) : Metric(Name, HigherIsBetter: false, ForRegression: false)
{
    public override Measured Of(ScoredRows rows, double threshold) =>
        Probabilities.Problem(rows.Scores) is { } problem ? Measured.Failed(rows.Count, problem) : new(Compute(rows.Scores, rows.Positive), rows.Count);
}
