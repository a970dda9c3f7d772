namespace Assay.Statistics.Tails;

/// <summary>The mean loss of the worst ⌈k·n⌉ rows.</summary>
public static class WorstShare
{
    /// <summary>How many rows are the worst share k, in (0, 1], of n: ⌈k·n⌉, at least one (7 of 100 at k = 0.07).</summary>
    public static long Rows(long n, double share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        if (!(share is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies above 0 and is at most 1, such as 0.01.");
        return Math.Clamp(Guarded.Ceiling(share * n), 1, n);
    }

    /// <summary>The mean of the worst share of losses in ascending order, in units of the loss.</summary>
    public static double Mean(ReadOnlySpan<double> sorted, double share)
    {
        var rows = (int)Rows(sorted.Length, share);
        var sum = 0.0;
        foreach (var loss in sorted[^rows..])
            sum += loss;
        return sum / rows;
    }
}
