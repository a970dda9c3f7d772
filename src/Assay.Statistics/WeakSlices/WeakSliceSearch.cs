namespace Assay.Statistics.WeakSlices;

/// <summary>Seeks the parts of the data on which a model is weak, without being told where (docs/weak-slices.md).</summary>
public static class WeakSliceSearch
{
    /// <summary>The slices with the highest scores, highest first: exactly, to the bit the same however many threads search.</summary>
    public static Task<IReadOnlyList<FoundSlice>> Find(BinnedRows rows, SliceOptions options, CancellationToken ct) => new SliceLine(rows, options, ct).Find();

    /// <summary>Finds slices in one set of rows and confirms them on another of the same columns, in the order in which they were found.</summary>
    public static async Task<IReadOnlyList<WeakSlice>> FindAndConfirm(BinnedRows first, BinnedRows second, SliceOptions options, CancellationToken ct)
    {
        if (!first.Columns.Select(c => (c.Name, c.Bins.Count)).SequenceEqual(second.Columns.Select(c => (c.Name, c.Bins.Count))))
            throw new ArgumentException("Both halves have the same columns with the same bins.", nameof(second));
        return Confirmation.Of(await Find(first, options, ct), second, options);
    }

    /// <summary>The same with the rows of both halves in one; <paramref name="confirms"/> says of each row whether it confirms (<see cref="RowHalves"/>). Copies the rows once.</summary>
    public static Task<IReadOnlyList<WeakSlice>> FindAndConfirm(BinnedRows rows, ReadOnlySpan<bool> confirms, SliceOptions options, CancellationToken ct)
    {
        var (first, second) = rows.Split(confirms);
        return FindAndConfirm(first, second, options, ct);
    }
}
