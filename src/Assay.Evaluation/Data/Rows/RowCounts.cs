namespace Assay.Evaluation.Data.Rows;

/// <summary>How many rows a set has, how many different ones, and how many that stand more than once.</summary>
public sealed record RowCounts(long Rows, long Distinct, long Repeated)
{
    /// <summary>The share of rows, 0 to 1, that stand more than once: what a row of the same kind overlaps with by nature. 0 of no rows.</summary>
    public double DuplicateRate => Rows == 0 ? 0 : (double)Repeated / Rows;

    /// <summary>Counts; tells <paramref name="each"/> of every hash in order.</summary>
    public static RowCounts Of(ISortedRows rows, Action<RowHash>? each, CancellationToken ct)
    {
        var (count, distinct, repeated, run) = (0L, 0L, 0L, 0L);
        RowHash last = default;
        foreach (var hash in rows.Sorted())
        {
            if ((count & 0xFFFF) == 0)
                ct.ThrowIfCancellationRequested();
            each?.Invoke(hash);
            run = count > 0 && hash == last ? run + 1 : 1;
            // The second of a kind says that the first was repeated, too.
            repeated += run switch { 1 => 0, 2 => 2, _ => 1 };
            distinct += run == 1 ? 1 : 0;
            (last, count) = (hash, count + 1);
        }
        return new(count, distinct, repeated);
    }
}
