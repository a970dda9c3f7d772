using Assay.Statistics.Ranking;

namespace Assay.Statistics;

/// <summary>How far probabilities are from shares, over bins of equal mass (evaluation.md §5.1). Shown without an interval.</summary>
public static class Calibration
{
    /// <summary>Expected calibration error, as <see cref="CalibrationBin.ExpectedError"/> says it.</summary>
    public static double ExpectedError(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels) => CalibrationBin.ExpectedError(Binned(probabilities, labels));

    /// <summary>The debiased L2 form, as <see cref="CalibrationBin.DebiasedError"/> says it.</summary>
    public static double DebiasedError(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels) => CalibrationBin.DebiasedError(Binned(probabilities, labels));

    static IReadOnlyList<CalibrationBin> Binned(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        var sorted = probabilities.ToArray();
        var order = labels.ToArray();
        Array.Sort(sorted, order);
        var stream = new CalibrationStream(sorted.Length);
        for (var i = 0; i < sorted.Length; i++)
            stream.Add(sorted[i], order[i]);
        return stream.Bins();
    }
}
