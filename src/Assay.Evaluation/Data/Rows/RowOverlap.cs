namespace Assay.Evaluation.Data.Rows;

/// <summary>What two sets of rows share.</summary>
/// <param name="Rows">How many rows of the first stand in the second.</param>
/// <param name="Distinct">How many different rows these are.</param>
public sealed record RowOverlap(long Rows, long Distinct)
{
    /// <summary>Walks both in their order; where one of them knows 64 bits only, so many are compared.</summary>
    public static RowOverlap Of(ISortedRows rows, ISortedRows others)
    {
        var both = rows.Short || others.Short;
        var (shared, distinct) = (0L, 0L);
        RowHash? counted = null;
        using var other = others.Sorted().GetEnumerator();
        var more = other.MoveNext();
        foreach (var row in rows.Sorted())
        {
            var mine = Cut(row, both);
            while (more && Cut(other.Current, both) < mine)
                more = other.MoveNext();
            if (!more)
                break;
            if (Cut(other.Current, both) != mine)
                continue;
            shared++;
            if (counted != mine)
                (counted, distinct) = (mine, distinct + 1);
        }
        return new(shared, distinct);
    }

    static RowHash Cut(RowHash hash, bool cut) => cut ? new(hash.First, 0, 0, 0) : hash;
}
