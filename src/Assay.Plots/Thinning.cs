namespace Assay.Plots;

/// <summary>Makes a long series short enough to draw without losing a peak.</summary>
public static class Thinning
{
    /// <summary>
    /// Keeps first, lowest, highest and last of each of <paramref name="columns"/> equal columns, in drawing order.
    /// A series that has no more points than columns comes back whole. Points must be finite and sorted by X.
    /// </summary>
    /// <param name="points">Sorted by X; several at one X are allowed.</param>
    /// <param name="columns">How many columns the picture has, at least 1.</param>
    /// <returns>At most four points a column, all of them points of the series.</returns>
    public static IReadOnlyList<Point> Columns(IReadOnlyList<Point> points, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (points.Count <= columns)
            return points;
        var start = points[0].X;
        var width = points[^1].X - start;
        var kept = new List<Point>(columns * 4);
        for (int from = 0, to; from < points.Count; from = to)
        {
            var column = ColumnOf(points[from].X, start, width, columns);
            to = from + 1;
            while (to < points.Count && ColumnOf(points[to].X, start, width, columns) == column)
                to++;
            Keep(points, from, to, kept);
        }
        return kept;
    }

    internal static int ColumnOf(double x, double start, double width, int columns) =>
        width <= 0 ? 0 : Math.Min(columns - 1, (int)((x - start) / width * columns));

    static void Keep(IReadOnlyList<Point> points, int from, int to, List<Point> kept)
    {
        int lowest = from, highest = from;
        for (var at = from + 1; at < to; at++)
        {
            if (points[at].Y < points[lowest].Y)
                lowest = at;
            if (points[at].Y > points[highest].Y)
                highest = at;
        }
        var last = -1;
        foreach (var at in (ReadOnlySpan<int>)[from, Math.Min(lowest, highest), Math.Max(lowest, highest), to - 1])
        {
            if (at > last)
                kept.Add(points[at]);
            last = Math.Max(last, at);
        }
    }
}
