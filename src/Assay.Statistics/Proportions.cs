using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Assay.Statistics;

/// <summary>Intervals for a share: <c>successes</c> of <c>trials</c> independent yes-or-no observations.</summary>
public static class Proportions
{
    const double Tightness = 1e-15;

    /// <summary>
    /// Clopper and Pearson (1934): exact, never covers less than its level; the interval that gates use.
    /// Bounds are quantiles of Beta(s, n−s+1) and Beta(s+1, n−s).
    /// </summary>
    public static Interval ClopperPearson(long successes, long trials, double level = 0.95)
    {
        Check(successes, trials, level);
        var tail = (1 - level) / 2;
        var failures = trials - successes;
        return new(level, LowerTail(successes, failures, tail), 1 - LowerTail(failures, successes, tail));
    }

    /// <summary>Wilson (1927): the score interval; close to its level on average, for display.</summary>
    public static Interval Wilson(long successes, long trials, double level = 0.95)
    {
        Check(successes, trials, level);
        double n = trials, share = successes / n;
        var z = Normal.InvCDF(0, 1, (1 + level) / 2);
        var shrink = 1 + (z * z / n);
        var centre = (share + (z * z / (2 * n))) / shrink;
        var half = z / shrink * Math.Sqrt((share * (1 - share) / n) + (z * z / (4 * n * n)));
        // At the ends the formula gives 0 and 1 exactly; floating point does not.
        return new(level, successes == 0 ? 0 : Math.Max(0, centre - half), successes == trials ? 1 : Math.Min(1, centre + half));
    }

    /// <summary>The p with P(Bin(n, p) ≥ hits) = tail. The upper bound is the mirror image, so it keeps its digits near 1 as this one does near 0.</summary>
    static double LowerTail(long hits, long misses, double tail)
    {
        if (hits == 0)
            return 0;
        if (misses == 0)
            return Math.Pow(tail, 1.0 / hits);
        // Bisection over the logit: the bound may be 1e-9, where steps on p itself would lose all digits.
        double low = -60, high = 60;
        while (high - low > Tightness * Math.Max(1, Math.Abs(low)))
        {
            var middle = (low + high) / 2;
            if (middle <= low || middle >= high)
                break;
            var p = SpecialFunctions.Logistic(middle);
            if (SpecialFunctions.BetaRegularized(hits, misses + 1, p) < tail)
                low = middle;
            else
                high = middle;
        }
        return SpecialFunctions.Logistic((low + high) / 2);
    }

    static void Check(long successes, long trials, double level)
    {
        Interval.Check(level);
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
    }
}
