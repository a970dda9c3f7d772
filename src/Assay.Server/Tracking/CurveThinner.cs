namespace Assay.Server.Tracking;

/// <summary>
/// Thins a history to columns of steps while it passes: of each the first, the lowest, the highest and the last point. Points come in the order of their
/// times; at one step the earlier counts as before the later.
/// </summary>
sealed class CurveThinner(long first, long last, int columns)
{
    const int MostOdd = 1000;

    readonly Column[] kept = new Column[columns];
    readonly List<Placed> odd = [];
    long logged, odds;
    double lowest = double.PositiveInfinity, highest = double.NegativeInfinity;

    readonly record struct Placed(long Nth, CurvePoint Point);

    struct Column
    {
        public bool Any;
        public Placed Left, Low, High, Right;
    }

    public void Add(CurvePoint point)
    {
        var one = new Placed(logged++, point);
        if (!double.IsFinite(point.Value))
        {
            if (odds++ < MostOdd)
                odd.Add(one);
            return;
        }
        (lowest, highest) = (Math.Min(lowest, point.Value), Math.Max(highest, point.Value));
        ref var column = ref kept[last == first ? 0 : Math.Min(columns - 1, (long)(((double)point.Step - first) / ((double)last - first) * columns))];
        if (!column.Any)
            column = new() { Any = true, Left = one, Low = one, High = one, Right = one };
        if (point.Step < column.Left.Point.Step)
            column.Left = one;
        if (point.Step >= column.Right.Point.Step)
            column.Right = one;
        if (point.Value < column.Low.Point.Value || (point.Value == column.Low.Point.Value && point.Step < column.Low.Point.Step))
            column.Low = one;
        if (point.Value > column.High.Point.Value || (point.Value == column.High.Point.Value && point.Step < column.High.Point.Step))
            column.High = one;
    }

    public MetricCurve Finish(string key)
    {
        var points = kept.Where(column => column.Any).SelectMany(column => new[] { column.Left, column.Low, column.High, column.Right }).Distinct().Concat(odd);
        return new(key, [.. points.OrderBy(one => one.Point.Step).ThenBy(one => one.Nth).Select(one => one.Point)], logged,
            lowest <= highest ? lowest : null, lowest <= highest ? highest : null, odds);
    }
}
