namespace Assay.Statistics.Tails;

/// <summary>
/// The conditional value at risk: the mean of the worst share 1−q of the losses, where the row that only part of that share reaches counts with
/// that part (Rockafellar and Uryasev 2000).
/// </summary>
public static class Cvar
{
    /// <summary>CVaR_q of losses in ascending order: [the sum of the largest ⌊(1−q)n⌋ + the part that is left × the next] / ((1−q)n), in units of the loss.</summary>
    public static double Of(ReadOnlySpan<double> sorted, double q)
    {
        var share = (1 - q) * sorted.Length;
        var whole = (int)(sorted.Length - Quantiles.Rank(sorted.Length, q));
        var sum = 0.0;
        foreach (var loss in sorted[^whole..])
            sum += loss;
        return (sum + ((share - whole) * sorted[^(whole + 1)])) / share;
    }

    /// <summary>
    /// What one row adds: c + (loss − c)₊/(1−q). The mean of this over all rows, with c the q-quantile of their losses (<see cref="Quantiles"/>), is
    /// CVaR_q; since c minimises that mean, c may stay fixed while rows are resampled, and the interval is that of a mean.
    /// </summary>
    public static double Term(double loss, double quantile, double q) => quantile + (Math.Max(0, loss - quantile) / (1 - q));
}
