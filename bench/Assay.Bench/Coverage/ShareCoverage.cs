using Assay.Statistics;
using MathNet.Numerics.Distributions;

namespace Assay.Bench.Coverage;

/// <summary>The coverage of an interval of a share needs no simulation: it is a sum over all counts that can be.</summary>
static class ShareCoverage
{
    /// <summary>The probability that the interval of Bin(rows, share) holds the share, to 1e-9.</summary>
    public static double Of(Func<long, long, double, Interval> interval, int rows, double share)
    {
        var half = 7 * Math.Sqrt(rows * share * (1 - share));
        var covered = 0.0;
        for (var hits = (int)Math.Max(0, (rows * share) - half - 10); hits <= Math.Min(rows, (rows * share) + half + 10); hits++)
            if (interval(hits, rows, 0.95).Contains(share))
                covered += Binomial.PMF(share, rows, hits);
        return covered;
    }
}
