using MathNet.Numerics.Distributions;

namespace Assay.Statistics.Resampling;

/// <summary>
/// The interval of a statistic of sums over rows by the Poisson bootstrap: percentiles of the replicates, moved by bias and acceleration
/// (BCa; Efron 1987), since plain percentiles of a rare loss miss too often on one side. Percentiles of a thousand draws are noisy; but the
/// statistic is nearly linear in the sums, and of the linear part all cumulants are known (Poisson(1) has only ones), so its exact quantile is taken and
/// the replicates give the difference only (a control variate; Davison and Hinkley 1997, §9.3).
/// </summary>
public static class BucketInterval
{
    /// <summary>Fewer rows than were simulated: the interval is then called approximate.</summary>
    public const long LeastRows = 1000;

    /// <summary>A greater acceleration (a sixth of the skewness of the mean) than was simulated: the interval is then called approximate.</summary>
    public const double GreatestAcceleration = 0.06;

    // Beyond these the expansion of Cornish and Fisher no longer rises everywhere, and the draws alone are used.
    const double GreatestSkewness = 0.8, GreatestExcess = 2;
    const int LeastBuckets = 30;

    /// <summary>The interval, unclipped; unbounded with fewer than two buckets that hold rows, or where half of the replicates have no value.</summary>
    /// <param name="sums">The slots that the statistic takes, in its order: one sum for each bucket.</param>
    /// <param name="replicates">The same slots after <see cref="BucketBootstrap.Replicate"/>: one sum for each replicate.</param>
    /// <param name="statistic">What is made of them. A replicate without a value (NaN) is left out.</param>
    /// <param name="rows">How many rows the statistic rests on.</param>
    /// <param name="level">The nominal coverage, in (0, 1).</param>
    public static Interval Of(IReadOnlyList<double[]> sums, IReadOnlyList<double[]> replicates, BucketStatistic statistic, long rows, double level = 0.95)
    {
        Interval.Check(level);
        var linear = LinearPart.Of(sums, statistic);
        if (linear.Buckets < 2 || double.IsNaN(linear.Value) || double.IsNaN(linear.Deviation))
            return Interval.Unbounded(level) with { Approximate = true };
        var (drawn, lines) = Drawn(replicates, statistic, linear);
        if (drawn.Length * 2 < replicates[0].Length)
            return Interval.Unbounded(level) with { Approximate = true };
        var approximate = rows < LeastRows || Math.Abs(linear.Acceleration) > GreatestAcceleration;
        if (linear.Deviation == 0 && drawn[0] == drawn[^1])
            return new(level, linear.Value, linear.Value) { Approximate = approximate };
        var known = linear.Buckets >= LeastBuckets && linear.Deviation > 0 && Math.Abs(linear.Skewness) <= GreatestSkewness && linear.Excess <= GreatestExcess;
        var shift = Bias(drawn, lines, linear, known);
        double Bound(double tail)
        {
            var moved = shift + Normal.InvCDF(0, 1, tail);
            var q = Normal.CDF(0, 1, shift + (moved / Math.Max(0.1, 1 - (linear.Acceleration * moved))));
            return known ? linear.Quantile(q) + Percentile(drawn, q) - Percentile(lines, q) : Percentile(drawn, q);
        }
        double low = Bound((1 - level) / 2), high = Bound((1 + level) / 2);
        return new(level, Math.Min(low, high), Math.Max(low, high)) { Approximate = approximate };
    }

    /// <summary>BCa's z₀: the normal quantile of the share of replicates below the value.</summary>
    static double Bias(double[] drawn, double[] lines, LinearPart linear, bool known)
    {
        var below = Below(drawn, linear.Value);
        var share = known ? linear.BelowZero + below - Below(lines, 0) : below;
        return Normal.InvCDF(0, 1, Math.Clamp(share, 0.01, 0.99));
    }

    static double Below(double[] sorted, double value)
    {
        double below = 0;
        foreach (var x in sorted)
            below += x < value ? 1 : x == value ? 0.5 : 0;
        return below / sorted.Length;
    }

    /// <summary>X_(⌈nq⌉), guarded as every quantile here is.</summary>
    static double Percentile(double[] sorted, double q) => sorted[(int)Math.Clamp(Guarded.Ceiling(sorted.Length * q), 1, sorted.Length) - 1];

    static (double[] Drawn, double[] Lines) Drawn(IReadOnlyList<double[]> replicates, BucketStatistic statistic, LinearPart linear)
    {
        List<double> drawn = new(replicates[0].Length), lines = new(replicates[0].Length);
        Span<double> sums = new double[replicates.Count];
        for (var r = 0; r < replicates[0].Length; r++)
        {
            for (var slot = 0; slot < sums.Length; slot++)
                sums[slot] = replicates[slot][r];
            var value = statistic(sums);
            if (!double.IsFinite(value))
                continue;
            drawn.Add(value);
            lines.Add(linear.At(sums));
        }
        drawn.Sort();
        lines.Sort();
        return ([.. drawn], [.. lines]);
    }
}
