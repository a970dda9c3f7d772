namespace Assay.Statistics.WeakSlices;

/// <summary>The slices of one predicate over one column: rows, sum and greatest of the losses of each bin.</summary>
sealed class SingleBins
{
    public SingleBins(BinnedColumn column, ReadOnlySpan<double> losses)
    {
        (Rows, Loss, Greatest, Alive) = (new int[column.Bins.Count], new double[column.Bins.Count], new double[column.Bins.Count], new bool[column.Bins.Count]);
        var codes = column.Codes.Span;
        for (var i = 0; i < codes.Length; i++)
        {
            Rows[codes[i]]++;
            Loss[codes[i]] += losses[i];
            Greatest[codes[i]] = Math.Max(Greatest[codes[i]], losses[i]);
        }
    }

    public int[] Rows { get; }

    public double[] Loss { get; }

    public double[] Greatest { get; }

    /// <summary>May a slice inside this bin still be one of the weakest?</summary>
    public bool[] Alive { get; }
}
