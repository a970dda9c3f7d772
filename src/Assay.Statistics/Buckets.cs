namespace Assay.Statistics;

/// <summary>
/// The units that a bootstrap draws: at most <see cref="Most"/>, each row in one. Rows of one entity stay together,
/// because they are not independent of each other.
/// </summary>
public sealed class Buckets
{
    /// <summary>More units than this cost time and change nothing that shows.</summary>
    public const int Most = 4096;

    Buckets(int[] ofRow, int count) => (OfRow, Count) = (ofRow, count);

    /// <summary>The bucket of each row.</summary>
    public IReadOnlyList<int> OfRow { get; }

    /// <summary>How many buckets there are.</summary>
    public int Count { get; }

    /// <summary>Each row a unit of its own, hashed together beyond <see cref="Most"/>.</summary>
    public static Buckets OfRows(int rows)
    {
        var of = new int[rows];
        for (var i = 0; i < rows; i++)
            of[i] = rows <= Most ? i : (int)(SplitMix.Mix((ulong)i) % Most);
        return new(of, Math.Min(rows, Most));
    }

    /// <summary>All rows of one entity in one unit; entities are hashed together beyond <see cref="Most"/>.</summary>
    public static Buckets OfEntities(IReadOnlyList<string> entities)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        var of = new int[entities.Count];
        for (var i = 0; i < of.Length; i++)
        {
            if (!first.TryGetValue(entities[i], out var number))
                first[entities[i]] = number = first.Count;
            of[i] = number;
        }
        if (first.Count > Most)
            for (var i = 0; i < of.Length; i++)
                of[i] = (int)(SplitMix.Mix((ulong)of[i]) % Most);
        return new(of, Math.Min(first.Count, Most));
    }
}
