namespace Assay.Statistics.Regression;

/// <summary>What one row of a regression adds, and what is made of sums of it.</summary>
public static class RegressionTerms
{
    /// <summary>|prediction − truth| / |truth|, without unit; NaN where the truth is 0, and then there is no MAPE.</summary>
    public static double AbsoluteShare(double prediction, double truth) => truth == 0 ? double.NaN : Math.Abs((prediction - truth) / truth);

    /// <summary>The pinball loss at quantile q (Koenker and Bassett 1978): q·(truth − prediction) above, (1−q)·(prediction − truth) below; in units of the label.</summary>
    public static double Pinball(double prediction, double truth, double q) =>
        truth >= prediction ? q * (truth - prediction) : (1 - q) * (prediction - truth);

    /// <summary>
    /// R² = 1 − Σ(y−ŷ)² / Σ(y−ȳ)², from the sums, in this order, of squared errors, of (y−c), of (y−c)² and of 1. Take for c any typical truth, the first say:
    /// it keeps the digits of labels far from zero. NaN when all truths are equal.
    /// </summary>
    public static double RSquared(ReadOnlySpan<double> sums)
    {
        var spread = sums[2] - (sums[1] * sums[1] / sums[3]);
        // What is left of equal truths is rounding, not spread.
        return spread > sums[2] * 1e-14 ? 1 - (sums[0] / spread) : double.NaN;
    }
}
