using System.Runtime.Intrinsics;

namespace Assay.Statistics.WeakSlices;

/// <summary>
/// Sums of losses and numbers of rows for each pair of a group and a bin: one addition of two numbers for each row. Rows are taken in their order, so that a
/// cell's sum does not depend on threads or blocks.
/// </summary>
sealed class CellSums(int groups, int bins)
{
    readonly Vector128<double>[] cells = new Vector128<double>[groups * bins];

    /// <summary>The number of rows in a cell.</summary>
    public int Rows(int group, int bin) => (int)cells[(group * bins) + bin][1];

    /// <summary>The sum of their losses.</summary>
    public double Loss(int group, int bin) => cells[(group * bins) + bin][0];

    /// <summary>Adds rows, each to the cell of its group and its bin.</summary>
    public void Add(ReadOnlySpan<byte> group, ReadOnlySpan<byte> bin, ReadOnlySpan<double> losses)
    {
        var into = cells;
        bin = bin[..group.Length];
        losses = losses[..group.Length];
        for (var i = 0; i < group.Length; i++)
            into[(group[i] * bins) + bin[i]] += Vector128.Create(losses[i], 1.0);
    }

    /// <summary>Adds chosen rows of a block: their places in it, groups and losses are side by side; bins are the block's.</summary>
    public void Add(ReadOnlySpan<ushort> rows, ReadOnlySpan<byte> group, ReadOnlySpan<double> losses, ReadOnlySpan<byte> bin)
    {
        var into = cells;
        group = group[..rows.Length];
        losses = losses[..rows.Length];
        for (var i = 0; i < rows.Length; i++)
            into[(group[i] * bins) + bin[rows[i]]] += Vector128.Create(losses[i], 1.0);
    }
}
