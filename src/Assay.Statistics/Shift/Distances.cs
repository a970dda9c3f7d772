namespace Assay.Statistics.Shift;

/// <summary>How far two distributions over the same bins are apart (evaluation.md §2d).</summary>
public static class Distances
{
    /// <summary>Shares of counts with ½ added to each bin, so that no share is 0 and no logarithm infinite.</summary>
    public static double[] Smoothed(ReadOnlySpan<long> counts)
    {
        double rows = counts.Length / 2.0;
        foreach (var count in counts)
            rows += count;
        var shares = new double[counts.Length];
        for (var b = 0; b < shares.Length; b++)
            shares[b] = (counts[b] + 0.5) / rows;
        return shares;
    }

    /// <summary>The population stability index: Σ (p−q) ln(p/q), at least 0, symmetric; in nats. Shares must be above 0.</summary>
    public static double Psi(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        var sum = 0.0;
        for (var b = 0; b < Same(p, q); b++)
            sum += (p[b] - q[b]) * Math.Log(p[b] / q[b]);
        return sum;
    }

    /// <summary>The divergence of Jensen and Shannon, in bits, in [0, 1]: ½KL(p‖m) + ½KL(q‖m) with m the mean of both.</summary>
    public static double JensenShannon(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        var sum = 0.0;
        for (var b = 0; b < Same(p, q); b++)
        {
            var mean = (p[b] + q[b]) / 2;
            sum += Term(p[b], mean) + Term(q[b], mean);
        }
        return Math.Max(0, sum / 2);
    }

    /// <summary>The root of <see cref="JensenShannon"/>, a metric in [0, 1] (Endres and Schindelin 2003).</summary>
    public static double JensenShannonDistance(ReadOnlySpan<double> p, ReadOnlySpan<double> q) => Math.Sqrt(JensenShannon(p, q));

    /// <summary>The greatest difference of a bin: max |p−q|, in [0, 1].</summary>
    public static double LInfinity(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        var most = 0.0;
        for (var b = 0; b < Same(p, q); b++)
            most = Math.Max(most, Math.Abs(p[b] - q[b]));
        return most;
    }

    /// <summary>The total variation: ½ Σ |p−q|, in [0, 1].</summary>
    public static double TotalVariation(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        var sum = 0.0;
        for (var b = 0; b < Same(p, q); b++)
            sum += Math.Abs(p[b] - q[b]);
        return sum / 2;
    }

    /// <summary>The distance of Kolmogorov and Smirnov over bins in their order: the greatest difference of the cumulated shares, in [0, 1].</summary>
    public static double KolmogorovSmirnov(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        double most = 0, difference = 0;
        for (var b = 0; b < Same(p, q); b++)
            most = Math.Max(most, Math.Abs(difference += p[b] - q[b]));
        return most;
    }

    static double Term(double share, double mean) => share == 0 ? 0 : share * Math.Log2(share / mean);

    static int Same(ReadOnlySpan<double> p, ReadOnlySpan<double> q) =>
        p.Length == q.Length ? p.Length : throw new ArgumentException("Both must have a share for each bin.", nameof(q));
}
