using Assay.Evaluation.Data;
using Assay.Statistics;

namespace Assay.Evaluation.Profiles;

/// <summary>
/// Which rows are kept by value: all of a small set; of a large one about <see cref="Most"/> drawn by their number, so that the same file always gives the
/// same ones and memory does not grow with it.
/// </summary>
internal sealed class RowPick(long rows, int columns)
{
    /// <summary>About so many rows are kept of a set with few columns.</summary>
    public const int Most = 100_000;

    const int MostValues = 8_000_000, Fewest = 2_000;
    readonly double share = Math.Min(1, (double)Math.Clamp(MostValues / Math.Max(1, columns), Fewest, Most) / Math.Max(1, rows));

    /// <summary>The rows of a batch that are kept, by their place in it.</summary>
    public int[] Of(DataBatch batch)
    {
        var kept = new List<int>(batch.Rows);
        for (var r = 0; r < batch.Rows; r++)
            if (share >= 1 || new SplitMix((ulong)(batch.FirstRow + r)).NextUnit() < share)
                kept.Add(r);
        return [.. kept];
    }
}
