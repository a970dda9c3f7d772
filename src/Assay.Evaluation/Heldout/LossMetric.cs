namespace Assay.Evaluation.Heldout;

/// <summary>A function of the mean loss of a row, with a bootstrap interval: log-loss, Brier, RMSE, MAE.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ForRegression">Is the truth a number?</param>
/// <param name="Loss">The loss of one row, by its index.</param>
/// <param name="See">What is made of the mean; the mean itself where null.</param>
/// <param name="NeedsProbability">Must each score lie in [0, 1]?</param>
internal sealed record LossMetric(string Name, bool ForRegression, Func<ScoredRows, int, double> Loss, Func<double, double>? See = null, bool NeedsProbability = false)
    : Metric(Name, HigherIsBetter: false, ForRegression)
{
    public override Measured Of(ScoredRows rows, double threshold)
    {
        if (NeedsProbability && Probabilities.Problem(rows.Scores) is { } problem)
            return Measured.Failed(rows.Count, problem);
        var losses = Losses(rows);
        var value = (See ?? (x => x))(losses.Average());
        return double.IsFinite(value)
            ? new(value, rows.Count, rows.Bootstrap.OfMean(losses, rows.Level, See), "poisson-bootstrap")
            : Measured.Failed(rows.Count, "the losses are too large for a number");
    }

    public override Difference? Against(ScoredRows rows, ScoredRows other, double threshold) => base.Against(rows, other, threshold) is { } plain
        ? plain with { Interval = rows.Bootstrap.OfDifference(Losses(rows), Losses(other), rows.Level, See), Method = "paired-bootstrap" }
        : null;

    double[] Losses(ScoredRows rows)
    {
        var losses = new double[rows.Count];
        for (var i = 0; i < losses.Length; i++)
            losses[i] = Loss(rows, i);
        return losses;
    }
}
