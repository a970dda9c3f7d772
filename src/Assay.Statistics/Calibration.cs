namespace Assay.Statistics;

/// <summary>How far probabilities are from shares, over bins of equal mass (evaluation.md §5.1). Shown without an interval.</summary>
public static class Calibration
{
    /// <summary>The number of equal-mass bins.</summary>
    public const int Bins = 15;

    /// <summary>Expected calibration error: Σ n_b/n · |mean probability − share of positives|.</summary>
    public static double ExpectedError(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        var sum = 0.0;
        foreach (var (n, probability, share) in Binned(probabilities, labels))
            sum += n * Math.Abs(probability - share);
        return sum / probabilities.Length;
    }

    /// <summary>The debiased L2 form (Kumar, Liang and Ma 2019): sqrt(max(0, Σ n_b/n · [(p̄−ȳ)² − ȳ(1−ȳ)/(n_b−1)])). Bins of one row have no variance and are left out of the correction.</summary>
    public static double DebiasedError(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        var sum = 0.0;
        foreach (var (n, probability, share) in Binned(probabilities, labels))
            sum += n * (((probability - share) * (probability - share)) - (n > 1 ? share * (1 - share) / (n - 1) : 0));
        return Math.Sqrt(Math.Max(0, sum / probabilities.Length));
    }

    static List<(int Rows, double Probability, double Share)> Binned(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        var sorted = probabilities.ToArray();
        var order = labels.ToArray();
        Array.Sort(sorted, order);
        var bins = new List<(int, double, double)>();
        for (var b = 0; b < Bins; b++)
        {
            int from = (int)((long)sorted.Length * b / Bins), to = (int)((long)sorted.Length * (b + 1) / Bins);
            if (to == from)
                continue;
            double probability = 0, share = 0;
            for (var i = from; i < to; i++)
                (probability, share) = (probability + sorted[i], share + (order[i] ? 1 : 0));
            bins.Add((to - from, probability / (to - from), share / (to - from)));
        }
        return bins;
    }
}
