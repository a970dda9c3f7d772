using MathNet.Numerics.Distributions;

namespace Assay.Statistics.Classes;

/// <summary>McNemar's exact test (1947): are two models right equally often on the same rows?</summary>
public static class McNemar
{
    /// <summary>
    /// The two-sided p-value, in (0, 1]: twice the smaller tail of Bin(b + c, ½) over the rows on which just one model is right; 1 where there is none.
    /// </summary>
    /// <param name="onlyFirst">Rows on which only the first model is right.</param>
    /// <param name="onlySecond">Rows on which only the second model is right.</param>
    public static double PValue(long onlyFirst, long onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        long few = Math.Min(onlyFirst, onlySecond), all = onlyFirst + onlySecond;
        // P(Bin(n, ½) ≤ k) = I_½(n − k, k + 1).
        return all == few + few ? 1 : Math.Min(1, 2 * Beta.CDF(all - few, few + 1, 0.5));
    }
}
