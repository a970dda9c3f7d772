namespace Assay.Statistics;

/// <summary>
/// The Poisson bootstrap (Chamandy et al. 2012): each replicate gives every bucket a weight drawn from Poisson(1).
/// For statistics that are a function of a mean over rows: RMSE, MAE, log-loss, Brier, and their paired differences.
/// </summary>
public sealed class PoissonBootstrap(Buckets buckets, ulong seed, int replicates = 1000)
{
    // P(X ≤ k) of Poisson(1); beyond the last the weight is that many, with probability under 1e-15.
    static readonly double[] Cumulative = CumulativeOfOne();

    /// <summary>How many replicates are drawn.</summary>
    public int Replicates { get; } = replicates >= 100 ? replicates : throw new ArgumentOutOfRangeException(nameof(replicates), replicates, "At least 100 replicates, or a percentile means nothing.");

    /// <summary>The percentile interval of <paramref name="see"/> (the mean itself by default) of the mean of <paramref name="losses"/>; unbounded with fewer than two buckets.</summary>
    public Interval OfMean(IReadOnlyList<double> losses, double level = 0.95, Func<double, double>? see = null) =>
        Percentiles(level, Sums(losses), null, see ?? (x => x));

    /// <summary>The percentile interval of f(mean of <paramref name="losses"/>) − f(mean of <paramref name="others"/>), both resampled with the same weights.</summary>
    public Interval OfDifference(IReadOnlyList<double> losses, IReadOnlyList<double> others, double level = 0.95, Func<double, double>? see = null) =>
        Percentiles(level, Sums(losses), Sums(others), see ?? (x => x));

    Interval Percentiles(double level, double[] sums, double[]? others, Func<double, double> see)
    {
        Interval.Check(level);
        if (buckets.Count < 2)
            return Interval.Unbounded(level);
        var rows = Sums(null);
        var drawn = new double[Replicates];
        var random = new SplitMix(seed);
        for (var r = 0; r < drawn.Length; r++)
        {
            double n, sum, other;
            do
            {
                n = sum = other = 0;
                for (var b = 0; b < sums.Length; b++)
                {
                    var weight = Weight(random.NextUnit());
                    n += weight * rows[b];
                    sum += weight * sums[b];
                    other += others is null ? 0 : weight * others[b];
                }
            }
            while (n == 0); // every weight zero: there is no mean, so draw again
            drawn[r] = see(sum / n) - (others is null ? 0 : see(other / n));
        }
        Array.Sort(drawn);
        return new(level, Quantile(drawn, (1 - level) / 2), Quantile(drawn, (1 + level) / 2));
    }

    /// <summary>X_(⌈nq⌉), guarded against 0.07·100 being above 7 in binary (evaluation.md §5.1).</summary>
    static double Quantile(double[] sorted, double q) =>
        sorted[Math.Clamp((int)Math.Ceiling((sorted.Length * q) - 1e-9), 1, sorted.Length) - 1];

    double[] Sums(IReadOnlyList<double>? values)
    {
        var of = buckets.OfRow;
        if (values is not null && values.Count != of.Count)
            throw new ArgumentException("There must be one value for each row.", nameof(values));
        var sums = new double[buckets.Count];
        for (var i = 0; i < of.Count; i++)
            sums[of[i]] += values?[i] ?? 1;
        return sums;
    }

    static int Weight(double unit)
    {
        var k = 0;
        while (k < Cumulative.Length && unit >= Cumulative[k])
            k++;
        return k;
    }

    static double[] CumulativeOfOne()
    {
        var table = new double[18];
        double term = Math.Exp(-1), sum = 0;
        for (var k = 0; k < table.Length; k++, term /= k)
            table[k] = sum += term;
        return table;
    }
}
