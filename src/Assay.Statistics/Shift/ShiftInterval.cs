using MathNet.Numerics.Distributions;

namespace Assay.Statistics.Shift;

/// <summary>
/// Intervals for distances of two samples over the same bins. Those of PSI and of the divergence of Jensen and Shannon add two variances: that of the
/// distance to first order (the delta method over two multinomials), and that of what chance alone makes of it, 2(B−1)(1/n+1/m)² scaled, which the first
/// misses where there is no shift. They are approximate. That of Kolmogorov and Smirnov holds for every sample.
/// </summary>
public static class ShiftInterval
{
    /// <summary>For PSI less chance, at least 0; <paramref name="p"/> of n rows against <paramref name="q"/> of m.</summary>
    public static Interval Psi(ReadOnlySpan<double> p, ReadOnlySpan<double> q, long n, long m, double level = 0.95)
    {
        double[] byP = new double[p.Length], byQ = new double[p.Length];
        for (var b = 0; b < p.Length; b++)
            (byP[b], byQ[b]) = (Math.Log(p[b] / q[b]) + 1 - (q[b] / p[b]), Math.Log(q[b] / p[b]) + 1 - (p[b] / q[b]));
        var value = SampleSize.Corrected(Distances.Psi(p, q), SampleSize.Psi(p.Length, n, m));
        return Around(value, Variance(p, byP, n) + Variance(q, byQ, m) + Chance(p.Length, n, m, 1), level);
    }

    /// <summary>For the divergence of Jensen and Shannon in bits, less chance, at least 0.</summary>
    public static Interval JensenShannon(ReadOnlySpan<double> p, ReadOnlySpan<double> q, long n, long m, double level = 0.95)
    {
        double[] byP = new double[p.Length], byQ = new double[p.Length];
        for (var b = 0; b < p.Length; b++)
            (byP[b], byQ[b]) = (0.5 * Math.Log2(2 * p[b] / (p[b] + q[b])), 0.5 * Math.Log2(2 * q[b] / (p[b] + q[b])));
        var value = SampleSize.Corrected(Distances.JensenShannon(p, q), SampleSize.JensenShannon(p.Length, n, m));
        return Around(value, Variance(p, byP, n) + Variance(q, byQ, m) + Chance(p.Length, n, m, 1 / (8 * Math.Log(2))), level);
    }

    /// <summary>For the distance of Kolmogorov and Smirnov: Dvoretzky, Kiefer and Wolfowitz with Massart's constant for each sample, half of the error each.</summary>
    public static Interval KolmogorovSmirnov(double distance, long n, long m, double level = 0.95)
    {
        var width = Width(n, 2 / ((1 - level) / 2)) + Width(m, 2 / ((1 - level) / 2));
        return new Interval(level, distance - width, distance + width).Clip(0, 1);
    }

    /// <summary>For the greatest difference of a bin: Hoeffding for each bin of each sample, all at once.</summary>
    public static Interval LInfinity(double distance, int bins, long n, long m, double level = 0.95)
    {
        var width = Width(n, 2 * bins / ((1 - level) / 2)) + Width(m, 2 * bins / ((1 - level) / 2));
        return new Interval(level, distance - width, distance + width).Clip(0, 1);
    }

    /// <summary>For a difference of shares, first minus second: Newcombe's tenth method (1998), of Wilson's intervals.</summary>
    public static Interval OfShares(long hits, long n, long otherHits, long m, double level = 0.95)
    {
        var (one, other) = (Proportions.Wilson(hits, n, level), Proportions.Wilson(otherHits, m, level));
        double p = (double)hits / n, q = (double)otherHits / m;
        return new(level, p - q - Math.Sqrt(((p - one.Low) * (p - one.Low)) + ((other.High - q) * (other.High - q))),
            p - q + Math.Sqrt(((one.High - p) * (one.High - p)) + ((q - other.Low) * (q - other.Low))));
    }

    static double Width(long n, double oddsAgainst) => Math.Sqrt(Math.Log(oddsAgainst) / (2.0 * n));

    static double Chance(int bins, long n, long m, double scale)
    {
        var size = ((1.0 / n) + (1.0 / m)) * scale;
        return 2 * (bins - 1) * size * size;
    }

    static double Variance(ReadOnlySpan<double> shares, double[] gradient, long n)
    {
        double mean = 0, square = 0;
        for (var b = 0; b < shares.Length; b++)
            (mean, square) = (mean + (shares[b] * gradient[b]), square + (shares[b] * gradient[b] * gradient[b]));
        return Math.Max(0, square - (mean * mean)) / n;
    }

    static Interval Around(double value, double variance, double level)
    {
        var half = Normal.InvCDF(0, 1, (1 + level) / 2) * Math.Sqrt(variance);
        return new Interval(level, Math.Max(0, value - half), value + half) with { Approximate = true };
    }
}
