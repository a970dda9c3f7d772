namespace Assay.Statistics.Shift;

/// <summary>
/// What chance alone makes of a distance. Without any shift PSI is about (1/n + 1/m)·χ² with B − 1 degrees of freedom: with 10 bins and 100 rows its mean is
/// 0.09, so the customary limit of 0.1 would mostly find noise. Distances are gated only less this and over enough rows.
/// </summary>
public static class SampleSize
{
    /// <summary>The least number of rows of either sample to judge on: 100 for each bin.</summary>
    public static long Least(int bins) => 100L * bins;

    /// <summary>The mean PSI of two samples of n and m rows from one distribution: (B−1)(1/n + 1/m).</summary>
    public static double Psi(int bins, long n, long m) => (bins - 1) * ((1.0 / n) + (1.0 / m));

    /// <summary>The mean Jensen-Shannon divergence of such samples, in bits: close by, it is PSI / (8 ln 2).</summary>
    public static double JensenShannon(int bins, long n, long m) => Psi(bins, n, m) / (8 * Math.Log(2));

    /// <summary>A distance less what chance makes of it, at least 0.</summary>
    public static double Corrected(double distance, double chance) => Math.Max(0, distance - chance);
}
