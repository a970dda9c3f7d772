namespace Assay.Statistics.WeakSlices;

/// <summary>The slices of three predicates inside the slices of two columns: rows of those that live are gathered once, and counted with many third columns.</summary>
sealed class TripleSums(BinnedRows rows, PairCells pair, CancellationToken ct)
{
    const int Block = 8192, Together = 16;
    readonly ushort[] places = new ushort[Block];
    readonly byte[] slots = new byte[Block];
    readonly double[] losses = new double[Block];

    /// <summary>The best slices with one of the third columns.</summary>
    public TopSlices Best(int[] third, SliceScore score, int least, double threshold, int most)
    {
        var top = new TopSlices(most);
        foreach (var columns in third.Chunk(Together))
        {
            var sums = Count(columns);
            for (var c = 0; c < columns.Length; c++)
                for (var slot = 0; slot < pair.Cells.Count; slot++)
                    for (var bin = 0; bin < rows.Columns[columns[c]].Bins.Count; bin++)
                        if (sums[c].Rows(slot, bin) is var count && count >= least
                            && score.Of(count, sums[c].Loss(slot, bin)) is var value && value >= threshold && top.Takes(value))
                            top.Add(new([new(pair.Left, pair.Cells[slot].Left), new(pair.Right, pair.Cells[slot].Right), new(columns[c], bin)], count, sums[c].Loss(slot, bin), value));
        }
        return top;
    }

    CellSums[] Count(int[] columns)
    {
        var sums = columns.Select(c => new CellSums(pair.Cells.Count, rows.Columns[c].Bins.Count)).ToArray();
        var width = rows.Columns[pair.Right].Bins.Count;
        var slotOf = new byte[rows.Columns[pair.Left].Bins.Count * width];
        slotOf.AsSpan().Fill(byte.MaxValue);
        for (var slot = 0; slot < pair.Cells.Count; slot++)
            slotOf[(pair.Cells[slot].Left * width) + pair.Cells[slot].Right] = (byte)slot;
        for (var from = 0; from < rows.Count; from += Block)
        {
            ct.ThrowIfCancellationRequested();
            var size = Math.Min(Block, rows.Count - from);
            var chosen = Gather(from, size, slotOf, width);
            for (var c = 0; c < columns.Length; c++)
                sums[c].Add(places.AsSpan(0, chosen), slots, losses, rows.Columns[columns[c]].Codes.Span.Slice(from, size));
        }
        return sums;
    }

    /// <summary>Packs the rows of a block that lie in a living slice, in their order; returns how many.</summary>
    int Gather(int from, int size, byte[] slotOf, int width)
    {
        var left = rows.Columns[pair.Left].Codes.Span.Slice(from, size);
        var right = rows.Columns[pair.Right].Codes.Span.Slice(from, size);
        var all = rows.Losses.Span.Slice(from, size);
        var chosen = 0;
        for (var i = 0; i < size; i++)
        {
            var slot = slotOf[(left[i] * width) + right[i]];
            // Written always and kept by the step: a branch that is taken at random costs more.
            places[chosen] = (ushort)i;
            slots[chosen] = slot;
            losses[chosen] = all[i];
            chosen += slot == byte.MaxValue ? 0 : 1;
        }
        return chosen;
    }
}
