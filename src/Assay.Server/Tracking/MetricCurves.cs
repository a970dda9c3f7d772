using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>One point of a curve.</summary>
public readonly record struct CurvePoint(long Step, double Value);

/// <summary>
/// One metric of one run, ready to draw: of each of the columns the first, the lowest, the highest and the last point, so that no peak is lost;
/// every point that is no finite number stays, up to a thousand.
/// </summary>
/// <param name="Key">The metric.</param>
/// <param name="Points">By step; several at one step in the order of their times.</param>
/// <param name="Logged">How many points were logged.</param>
/// <param name="Lowest">The lowest finite value; null when there is none.</param>
/// <param name="Highest">The highest finite value; null when there is none.</param>
/// <param name="Odd">How many points are NaN or infinite.</param>
public sealed record MetricCurve(string Key, IReadOnlyList<CurvePoint> Points, long Logged, double? Lowest, double? Highest, long Odd);

/// <summary>Reads histories of metrics as curves; a hundred thousand points pass through without being held.</summary>
public sealed class MetricCurves
{
    const int MostOdd = 1000;

    static readonly Query<(long First, long Last)?> Reach = new("SELECT MIN(step), MAX(step) FROM tracking_metric WHERE run_id = @run AND key = @key",
        r => r.IsNull(0) ? null : (r.Int(0), r.Int(1)));

    static readonly Query<MetricPoint> BySteps = new($"SELECT {MetricSql.Columns} FROM tracking_metric WHERE run_id = @run AND key = @key ORDER BY step, at_ms, value, is_nan", MetricSql.Read);

    static readonly Query<MetricPoint> Newest = new($"SELECT {MetricSql.Columns} FROM tracking_metric WHERE run_id = @run AND key = @key ORDER BY step DESC, at_ms DESC, value DESC LIMIT @limit", MetricSql.Read);

    /// <summary>The curve of a metric in so many columns; null when nothing was logged under that key.</summary>
    public async Task<MetricCurve?> Of(Tx tx, string run, string key, int columns)
    {
        if (await tx.First(Reach, ("run", run), ("key", key)) is not { } reach)
            return null;
        var curve = new Thinner(reach.First, reach.Last, columns);
        await tx.Each(BySteps, point => curve.Add(new(point.Step, point.Value)), ("run", run), ("key", key));
        return curve.Finish(key);
    }

    /// <summary>The last points, last first.</summary>
    public async Task<List<CurvePoint>> Last(Tx tx, string run, string key, int limit) =>
        (await tx.All(Newest, ("run", run), ("key", key), ("limit", limit))).ConvertAll(point => new CurvePoint(point.Step, point.Value));

    sealed class Thinner(long first, long last, int columns)
    {
        readonly List<CurvePoint> kept = [];
        readonly List<CurvePoint> odd = [];
        (long Nth, CurvePoint Point) left, low, high, right;
        long at = -1, logged, odds;
        double lowest = double.PositiveInfinity, highest = double.NegativeInfinity;

        public void Add(CurvePoint point)
        {
            logged++;
            if (!double.IsFinite(point.Value))
            {
                if (odds++ < MostOdd)
                    odd.Add(point);
                return;
            }
            (lowest, highest) = (Math.Min(lowest, point.Value), Math.Max(highest, point.Value));
            var here = last == first ? 0 : Math.Min(columns - 1, (long)((double)(point.Step - first) / (last - first) * columns));
            var one = (logged, point);
            if (here != at)
            {
                Flush();
                (at, left, low, high) = (here, one, one, one);
            }
            right = one;
            if (point.Value < low.Point.Value)
                low = one;
            if (point.Value > high.Point.Value)
                high = one;
        }

        void Flush()
        {
            if (at >= 0)
                kept.AddRange(new[] { left, low, high, right }.DistinctBy(one => one.Nth).OrderBy(one => one.Nth).Select(one => one.Point));
        }

        public MetricCurve Finish(string key)
        {
            Flush();
            return new(key, [.. kept.Concat(odd).OrderBy(point => point.Step)], logged, lowest <= highest ? lowest : null, lowest <= highest ? highest : null, odds);
        }
    }
}
