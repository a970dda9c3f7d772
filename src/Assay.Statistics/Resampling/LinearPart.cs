using MathNet.Numerics.Distributions;

namespace Assay.Statistics.Resampling;

/// <summary>
/// A statistic of sums as a straight line through its value: Σ of gradient times sums. Each bucket moves it by its influence u_b, and under Poisson(1)
/// weights the k-th cumulant of the line is Σ u_b^k.
/// </summary>
internal sealed class LinearPart
{
    const double Step = 1e-4; // of the standard deviation of a sum: errors of both kinds stay under 1e-8 of it

    readonly double[] gradient;
    readonly double centre;

    LinearPart(double value, double[] gradient, double centre, IReadOnlyList<double[]> sums)
    {
        (Value, this.gradient, this.centre) = (value, gradient, centre);
        double second = 0, third = 0, fourth = 0;
        for (var b = 0; b < sums[0].Length; b++)
        {
            var influence = 0.0;
            var any = false;
            for (var slot = 0; slot < gradient.Length; slot++)
            {
                influence += gradient[slot] * sums[slot][b];
                any |= sums[slot][b] != 0;
            }
            Buckets += any ? 1 : 0;
            second += influence * influence;
            third += influence * influence * influence;
            fourth += influence * influence * influence * influence;
        }
        Deviation = Math.Sqrt(second);
        if (second > 0)
            (Skewness, Excess) = (third / (second * Deviation), fourth / (second * second));
    }

    /// <summary>The statistic of the sums over all buckets.</summary>
    public double Value { get; }

    /// <summary>How many buckets hold anything.</summary>
    public int Buckets { get; }

    /// <summary>The standard deviation of the line under the weights: the standard error of the statistic.</summary>
    public double Deviation { get; }

    /// <summary>Its skewness.</summary>
    public double Skewness { get; }

    /// <summary>Its excess kurtosis.</summary>
    public double Excess { get; }

    /// <summary>BCa's acceleration, a sixth of the skewness (Efron 1987, 6.5).</summary>
    public double Acceleration => Skewness / 6;

    /// <summary>The probability that the line lies below the value, by Edgeworth's first term.</summary>
    public double BelowZero => 0.5 + (Skewness / 6 * Normal.PDF(0, 1, 0));

    /// <summary>The line of one replicate, relative to the value.</summary>
    public double At(ReadOnlySpan<double> sums)
    {
        var line = -centre;
        for (var slot = 0; slot < gradient.Length; slot++)
            line += gradient[slot] * sums[slot];
        return line;
    }

    /// <summary>The q-quantile of the line, relative to the value: by the expansion of Cornish and Fisher to the fourth cumulant.</summary>
    public double Quantile(double q)
    {
        var z = Normal.InvCDF(0, 1, q);
        return Deviation * (z + (((z * z) - 1) * Skewness / 6) + (z * ((z * z) - 3) * Excess / 24) - (z * ((2 * z * z) - 5) * Skewness * Skewness / 36));
    }

    public static LinearPart Of(IReadOnlyList<double[]> sums, BucketStatistic statistic)
    {
        var totals = new double[sums.Count];
        var gradient = new double[sums.Count];
        for (var slot = 0; slot < totals.Length; slot++)
            foreach (var sum in sums[slot])
                totals[slot] += sum;
        var value = statistic(totals);
        for (var slot = 0; slot < totals.Length; slot++)
        {
            var square = 0.0;
            foreach (var sum in sums[slot])
                square += sum * sum;
            if (square == 0)
                continue; // what is nothing in every bucket is nothing in every replicate
            double whole = totals[slot], step = Math.Max(Step * Math.Sqrt(square), Math.Abs(whole) * 1e-9);
            totals[slot] = whole + step;
            var above = statistic(totals);
            totals[slot] = whole - step;
            gradient[slot] = (above - statistic(totals)) / (2 * step);
            totals[slot] = whole;
        }
        var centre = 0.0;
        for (var slot = 0; slot < totals.Length; slot++)
            centre += gradient[slot] * totals[slot];
        return new(value, gradient, centre, sums);
    }
}
