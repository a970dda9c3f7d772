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
    static readonly Query<(long First, long Last)?> Reach = new("SELECT MIN(step), MAX(step) FROM tracking_metric WHERE run_id = @run AND key = @key",
        r => r.IsNull(0) ? null : (r.Int(0), r.Int(1)));

    // In the order of the primary key: nothing is sorted.
    static readonly Query<CurvePoint> ByTime = new("SELECT step, value, is_nan FROM tracking_metric WHERE run_id = @run AND key = @key ORDER BY at_ms, step, value, is_nan",
        r => new(r.Int(0), r.Bool(2) ? double.NaN : r.Real(1)));

    static readonly Query<MetricPoint> Newest = new($"SELECT {MetricSql.Columns} FROM tracking_metric WHERE run_id = @run AND key = @key ORDER BY step DESC, at_ms DESC, value DESC LIMIT @limit", MetricSql.Read);

    /// <summary>The curve of a metric in so many columns; null when nothing was logged under that key.</summary>
    public async Task<MetricCurve?> Of(Tx tx, string run, string key, int columns)
    {
        if (await tx.First(Reach, ("run", run), ("key", key)) is not { } reach)
            return null;
        var curve = new CurveThinner(reach.First, reach.Last, columns);
        await tx.Each(ByTime, curve.Add, ("run", run), ("key", key));
        return curve.Finish(key);
    }

    /// <summary>The last points, last first.</summary>
    public async Task<List<CurvePoint>> Last(Tx tx, string run, string key, int limit) =>
        (await tx.All(Newest, ("run", run), ("key", key), ("limit", limit))).ConvertAll(point => new CurvePoint(point.Step, point.Value));
}
