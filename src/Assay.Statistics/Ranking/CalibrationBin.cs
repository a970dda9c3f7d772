namespace Assay.Statistics.Ranking;

/// <summary>One bin of a reliability curve.</summary>
/// <param name="Mean">The mean probability of its rows.</param>
/// <param name="Share">The share of its rows that are positive, in [0, 1].</param>
/// <param name="Rows">How many rows it holds.</param>
public readonly record struct CalibrationBin(double Mean, double Share, long Rows)
{
    /// <summary>Expected calibration error: Σ n_b/n · |mean probability − share of positives|. Biased upwards, shown without an interval.</summary>
    public static double ExpectedError(IReadOnlyList<CalibrationBin> bins) =>
        bins.Sum(bin => bin.Rows * Math.Abs(bin.Mean - bin.Share)) / bins.Sum(bin => bin.Rows);

    /// <summary>
    /// The debiased L2 form (Kumar, Liang and Ma 2019): sqrt(max(0, Σ n_b/n · [(p̄−ȳ)² − ȳ(1−ȳ)/(n_b−1)])). A bin of one row has no variance and is left
    /// uncorrected.
    /// </summary>
    public static double DebiasedError(IReadOnlyList<CalibrationBin> bins) =>
        Math.Sqrt(Math.Max(0, bins.Sum(bin => bin.Rows * (Squared(bin.Mean - bin.Share) - (bin.Rows > 1 ? bin.Share * (1 - bin.Share) / (bin.Rows - 1) : 0)))
            / bins.Sum(bin => bin.Rows)));

    static double Squared(double x) => x * x;
}
