namespace Assay.Statistics.WeakSlices;

/// <summary>Rows to seek weak slices in: binned columns side by side, and the model's loss on each row. A byte for each value and eight for each loss.</summary>
public sealed class BinnedRows
{
    /// <summary>Rows of these columns. Losses are finite and not negative; all columns are as long as they are.</summary>
    public BinnedRows(IReadOnlyList<BinnedColumn> columns, ReadOnlyMemory<double> losses)
    {
        foreach (var column in columns)
            if (column.Codes.Length != losses.Length)
                throw new ArgumentException($"The column {column.Name} has {column.Codes.Length} rows and there are {losses.Length} losses.", nameof(columns));
        foreach (var loss in losses.Span)
            if (!(loss >= 0 && double.IsFinite(loss)))
                throw new ArgumentOutOfRangeException(nameof(losses), loss, "A loss is finite and not negative.");
        (Columns, Losses) = (columns, losses);
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<BinnedColumn> Columns { get; }

    /// <summary>The loss on each row.</summary>
    public ReadOnlyMemory<double> Losses { get; }

    /// <summary>How many rows.</summary>
    public int Count => Losses.Length;

    /// <summary>Copies the rows into two: where <paramref name="second"/> is false, and where it is true.</summary>
    public (BinnedRows First, BinnedRows Second) Split(ReadOnlySpan<bool> second)
    {
        if (second.Length != Count)
            throw new ArgumentException($"There are {second.Length} truths for {Count} rows.", nameof(second));
        return (Only(second, false), Only(second, true));
    }

    BinnedRows Only(ReadOnlySpan<bool> half, bool wanted)
    {
        var rows = half.Count(wanted);
        var columns = new BinnedColumn[Columns.Count];
        for (var c = 0; c < columns.Length; c++)
            columns[c] = new(Columns[c].Name, Columns[c].Bins, Picked(Columns[c].Codes.Span, half, wanted, rows));
        return new(columns, Picked(Losses.Span, half, wanted, rows));
    }

    static T[] Picked<T>(ReadOnlySpan<T> from, ReadOnlySpan<bool> half, bool wanted, int rows)
    {
        var picked = new T[rows];
        for (int i = 0, to = 0; i < from.Length; i++)
            if (half[i] == wanted)
                picked[to++] = from[i];
        return picked;
    }
}
