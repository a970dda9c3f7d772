using MathNet.Numerics;

namespace Assay.Statistics.Tails;

/// <summary>
/// A quantile is an order statistic, X_(⌈nq⌉), and so are the ends of its interval: binomial ranks that hold for any distribution
/// (David and Nagaraja 2003, §7.1). Everything is by rank from 1, so that a caller may take values from a sorted stream.
/// </summary>
public static class Quantiles
{
    /// <summary>The rank of the q-quantile of n values: ⌈nq⌉, at least 1 (at most n).</summary>
    public static long Rank(long n, double q)
    {
        Check(n, q);
        return Math.Clamp(Guarded.Ceiling(n * q), 1, n);
    }

    /// <summary>
    /// The ranks between which the q-quantile lies with at least this probability: the largest l with P(Bin(n,q) ≤ l−1) ≤ α/2 and the smallest u
    /// with P(Bin(n,q) ≤ u−1) ≥ 1−α/2. 0 is unbounded below, n+1 unbounded above.
    /// </summary>
    public static (long Low, long High) Ranks(long n, double q, double level = 0.95)
    {
        Check(n, q);
        Interval.Check(level);
        var tail = (1 - level) / 2;
        return (First(n, below => AtMost(below, n, q) > tail), First(n, below => AtMost(below, n, q) >= 1 - tail) + 1);
    }

    /// <summary>The q-quantile of values in ascending order.</summary>
    public static double Of(ReadOnlySpan<double> sorted, double q) => sorted[(int)Rank(sorted.Length, q) - 1];

    /// <summary>The interval of the q-quantile of values in ascending order; infinite where too few values bound it.</summary>
    public static Interval IntervalOf(ReadOnlySpan<double> sorted, double q, double level = 0.95)
    {
        var (low, high) = Ranks(sorted.Length, q, level);
        return new(level, low == 0 ? double.NegativeInfinity : sorted[(int)low - 1], high > sorted.Length ? double.PositiveInfinity : sorted[(int)high - 1]);
    }

    /// <summary>P(Bin(n, q) ≤ k): at most k values lie below the quantile.</summary>
    static double AtMost(long k, long n, double q) => k >= n ? 1 : SpecialFunctions.BetaRegularized(n - k, k + 1, 1 - q);

    /// <summary>The first of 0…n for which the condition holds; it holds for n and, from the first on, for all.</summary>
    static long First(long n, Func<long, bool> holds)
    {
        long low = 0, high = n;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds(middle))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    static void Check(long n, double q)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        if (!(q > 0 && q < 1))
            throw new ArgumentOutOfRangeException(nameof(q), q, "The level of a quantile lies between 0 and 1, such as 0.95.");
    }
}
