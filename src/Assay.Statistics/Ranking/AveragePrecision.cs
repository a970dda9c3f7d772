using MathNet.Numerics.Distributions;

namespace Assay.Statistics.Ranking;

/// <summary>An average precision: the area under the precision-recall curve as steps, not as trapezes (Davis and Goadrich 2006).</summary>
/// <param name="Value">The average precision, in (0, 1].</param>
/// <param name="Variance">The variance by the influence of each row.</param>
/// <param name="Bias">About how much the value is too high, because every positive counts itself among the rows above it: 1/P · Σ over positives of FP/(TP+FP)².</param>
/// <param name="Positives">How many rows are positive.</param>
/// <param name="Negatives">How many rows are negative.</param>
public readonly record struct AveragePrecision(double Value, double Variance, double Bias, long Positives, long Negatives)
{
    /// <summary>
    /// The interval on the scale of the logit (Boyd, Eng and Page 2013), around the value less its bias, with Student's t of the positives; all of [0, 1] with
    /// fewer than two of them.
    /// </summary>
    public Interval Interval(double level = 0.95)
    {
        Statistics.Interval.Check(level);
        var centre = Value - Bias;
        if (Positives < 2 || Variance <= 0 || Value >= 1 || centre <= 0)
            return new(level, Value >= 1 && Positives >= 2 ? Math.Pow((1 - level) / 2, 1.0 / Positives) : 0, 1) { Approximate = true };
        var half = StudentT.InvCDF(0, 1, Positives - 1, (1 + level) / 2) * Math.Sqrt(Variance * Positives / (Positives - 1)) / (centre * (1 - centre));
        var odds = (1 - centre) / centre;
        return new(level, 1 / (1 + (odds * Math.Exp(half))), Math.Max(Value, 1 / (1 + (odds * Math.Exp(-half)))))
        {
            Approximate = Positives + Negatives < RankArea.LeastRows || Positives < RankArea.LeastOfAClass,
        };
    }
}
