using Assay.Contracts;
using Assay.Server.Search;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>The histories of metrics: of one run whole or in pages, of several runs thinned to what a plot shows.</summary>
public sealed class MetricHistory(Store store)
{
    const long MostInRange = 1_000_000;

    static readonly FieldType[] Cursor = [FieldType.Whole, FieldType.Whole, FieldType.Real, FieldType.Whole];

    // Row values keep the order of the primary key: timestamp, step, value, NaN.
    static readonly Query<MetricPoint> First = new($"SELECT {MetricSql.Columns} FROM tracking_metric WHERE run_id = @run AND key = @key ORDER BY at_ms, step, value, is_nan LIMIT @limit", MetricSql.Read);

    static readonly Query<MetricPoint> Later = new($"""
        SELECT {MetricSql.Columns} FROM tracking_metric WHERE run_id = @run AND key = @key AND (at_ms, step, value, is_nan) > (@at, @step, @value, @nan)
        ORDER BY at_ms, step, value, is_nan LIMIT @limit
        """, MetricSql.Read);

    static readonly Query<long> Steps = new($"""
        SELECT DISTINCT step FROM tracking_metric WHERE run_id IN ({Placeholders.OfChunk}) AND key = @key AND step >= @start AND step <= @end ORDER BY step
        """, r => r.Int(0));

    static readonly Query<(long First, long Last)> Ends = new($"""
        SELECT MIN(step), MAX(step) FROM tracking_metric WHERE run_id IN ({Placeholders.OfChunk}) AND key = @key AND step >= @start AND step <= @end GROUP BY run_id
        """, r => (r.Int(0), r.Int(1)));

    static readonly Query<MetricPoint> Between = new($"""
        SELECT {MetricSql.Columns} FROM tracking_metric WHERE run_id = @run AND key = @key AND step >= @start AND step <= @end ORDER BY step, at_ms, value, is_nan LIMIT @limit
        """, MetricSql.Read);

    /// <summary>Points after one, in order of timestamp, step and value; at most <paramref name="limit"/>.</summary>
    public Task<List<MetricPoint>> Next(string run, string key, MetricPoint? after, long limit, CancellationToken ct) => after is { } point
        ? store.All(Later, ct, ("run", run), ("key", key), ("at", point.TimestampMs), ("step", point.Step), ("value", double.IsNaN(point.Value) ? 0 : point.Value), ("nan", double.IsNaN(point.Value)), ("limit", limit))
        : store.All(First, ct, ("run", run), ("key", key), ("limit", limit));

    /// <summary>Is there such a run?</summary>
    public async Task<bool> Knows(string run, CancellationToken ct) => await store.First(RunSql.StateOf, ct, ("run", run)) is not null;

    /// <summary>The point that a page token stands for; refused when it is none of this history.</summary>
    public static Result<MetricPoint?> After(string? token, string run, string key)
    {
        if (string.IsNullOrEmpty(token))
            return (MetricPoint?)null;
        return PageToken.Read(token, PageToken.Fingerprint("history", run, key), Cursor) is [long at, long step, double value, long nan]
            ? new MetricPoint(run, key, nan == 1 ? double.NaN : value, at, step)
            : SearchRefusals.PageToken(token);
    }

    /// <summary>The token of the page after this point.</summary>
    public static string TokenAfter(MetricPoint point) => PageToken.Write(PageToken.Fingerprint("history", point.RunId, point.Key),
        [point.TimestampMs, point.Step, double.IsNaN(point.Value) ? 0.0 : point.Value, double.IsNaN(point.Value) ? 1L : 0L]);

    /// <summary>
    /// Which steps of these runs (at most 100) a plot needs so that it shows about <paramref name="most"/>: evenly picked from all, and the first and the
    /// last of each run. Null for all steps.
    /// </summary>
    public async Task<HashSet<long>?> Sample(IReadOnlyList<string> runs, string key, long start, long end, int most, CancellationToken ct)
    {
        (string, object?)[] args = [.. Placeholders.Padded([.. runs]), ("key", key), ("start", start), ("end", end)];
        var steps = await store.All(Steps, ct, args);
        if (steps.Count <= most)
            return null;
        var picked = new HashSet<long>();
        for (var i = 0; i < most; i++)
            picked.Add(steps[(int)((long)i * steps.Count / most)]);
        foreach (var (first, last) in await store.All(Ends, ct, args))
            picked.UnionWith([first, last]);
        return picked;
    }

    /// <summary>The points of a run between two steps, in order of step: at those steps only, if some are given.</summary>
    public Task<List<MetricPoint>> Range(string run, string key, long start, long end, IReadOnlySet<long>? steps, CancellationToken ct) => store.Read(async tx =>
    {
        List<MetricPoint> points = [];
        await tx.Each(Between, point =>
        {
            if (steps is null || steps.Contains(point.Step))
                points.Add(point);
        }, ("run", run), ("key", key), ("start", start), ("end", end), ("limit", MostInRange));
        return points;
    }, ct);
}
