using MathNet.Numerics.Distributions;

namespace Assay.Statistics.Association;

/// <summary>Spearman's correlation: Pearson's of the midranks, in [−1, 1].</summary>
public static class RankCorrelation
{
    /// <summary>The correlation of two columns of finite numbers; null when either never changes.</summary>
    public static double? Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException("There must be one y for each x.", nameof(y));
        double[] a = Midranks(x), b = Midranks(y);
        double middle = (x.Length + 1) / 2.0, xy = 0, xx = 0, yy = 0;
        for (var i = 0; i < a.Length; i++)
        {
            double u = a[i] - middle, v = b[i] - middle;
            (xy, xx, yy) = (xy + (u * v), xx + (u * u), yy + (v * v));
        }
        return xx == 0 || yy == 0 ? null : Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1);
    }

    /// <summary>Its interval by Fisher's z with the variance of Bonett and Wright (2000); all of [−1, 1] with fewer than four rows.</summary>
    public static Interval Interval(double correlation, long n, double level = 0.95)
    {
        if (n < 4)
            return new(level, -1, 1);
        if (Math.Abs(correlation) == 1)
            return new(level, correlation, correlation) { Approximate = true };
        var half = Normal.InvCDF(0, 1, (1 + level) / 2) * Math.Sqrt((1 + (correlation * correlation / 2)) / (n - 3));
        var z = Math.Atanh(correlation);
        return new(level, Math.Tanh(z - half), Math.Tanh(z + half)) { Approximate = true };
    }

    /// <summary>The ranks from 1; equal values share the mean of theirs.</summary>
    public static double[] Midranks(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);
        var ranks = new double[sorted.Length];
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            for (to = from; to < sorted.Length && sorted[to] == sorted[from]; to++)
            {
            }
            for (var i = from; i < to; i++)
                ranks[order[i]] = (from + 1 + to) / 2.0;
        }
        return ranks;
    }
}
