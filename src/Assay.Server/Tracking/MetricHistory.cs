using Assay.Contracts;
using Assay.Server.Search;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>The histories of metrics: of one run whole or in pages, of several runs thinned to what a plot shows.</summary>
public sealed class MetricHistory(Store store)
{
    const long MostInRange = 1_000_000;

    static readonly FieldType[] Cursor = [FieldType.Whole, FieldType.Whole, FieldType.Real, FieldType.Whole];

    // Row values keep the order of the primary key: timestamp, step, value, NaN. Run and key are known: they are not read a million times.
    const string Points = "SELECT at_ms, step, value, is_nan FROM tracking_metric WHERE run_id = @run AND key = @key";

    const string First = $"{Points} ORDER BY at_ms, step, value, is_nan LIMIT @limit";

    const string Later = $"{Points} AND (at_ms, step, value, is_nan) > (@at, @step, @value, @nan) ORDER BY at_ms, step, value, is_nan LIMIT @limit";

    static readonly Query<long> Distinct = new("SELECT COUNT(DISTINCT step) FROM tracking_metric WHERE run_id {among} AND key = @key AND step >= @start AND step <= @end", r => r.Int(0));

    static readonly Query<long> Steps = new("SELECT DISTINCT step FROM tracking_metric WHERE run_id {among} AND key = @key AND step >= @start AND step <= @end ORDER BY step", r => r.Int(0));

    static readonly Query<(long First, long Last)> Ends = new("""
        SELECT MIN(step), MAX(step) FROM tracking_metric WHERE run_id {among} AND key = @key AND step >= @start AND step <= @end GROUP BY run_id
        """, r => (r.Int(0), r.Int(1)));

    const string AtSteps = $"{Points} AND step {{among}} ORDER BY step, at_ms, value, is_nan LIMIT @limit";

    /// <summary>
    /// Hands over the points after one as they are read, in order of timestamp, step and value, at most <paramref name="limit"/>; returns how many and the last.
    /// </summary>
    public async Task<(long Count, MetricPoint? Last)> Next(string run, string key, MetricPoint? after, long limit, Action<MetricPoint> take, CancellationToken ct)
    {
        var count = 0L;
        var last = after;
        (string, object?)[] args = [("run", run), ("key", key), ("limit", limit)];
        if (after is { } point)
            args = [.. args, ("at", point.TimestampMs), ("step", point.Step), ("value", double.IsNaN(point.Value) ? 0 : point.Value), ("nan", double.IsNaN(point.Value))];
        await store.Visit(after is null ? First : Later, args, row =>
        {
            var next = Read(run, key, row);
            take(next);
            (last, count) = (next, count + 1);
            return true;
        }, ct);
        return (count, last);
    }

    /// <summary>Is there a point after this one (null: any)?</summary>
    public async Task<bool> HasMore(string run, string key, MetricPoint? after, CancellationToken ct) => (await Next(run, key, after, 1, _ => { }, ct)).Count > 0;

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
    /// The steps of these runs (at most 100) that a plot needs so that it shows about <paramref name="most"/>: evenly picked from all, and the first and the
    /// last of each run.
    /// </summary>
    public Task<long[]> Sample(IReadOnlyList<string> runs, string key, long start, long end, int most, CancellationToken ct) => store.Read(async tx =>
    {
        (string, object?)[] args = [("among", runs.ToArray()), ("key", key), ("start", start), ("end", end)];
        var picked = new SortedSet<long>();
        var (all, n) = (await tx.First(Distinct, args), 0L);
        // Evenly picked: the n-th of all steps is one if some i in 0 … most - 1 has floor(i * all / most) = n. With no more steps than that, all are.
        await tx.Each(Steps, step =>
        {
            if ((n * most + all - 1) / all * all / most == n++)
                picked.Add(step);
        }, args);
        foreach (var (first, last) in await tx.All(Ends, args))
            picked.UnionWith([first, last]);
        return picked.ToArray();
    }, ct);

    /// <summary>Hands over the points of a run at these steps, in order of step.</summary>
    public Task At(string run, string key, long[] steps, Action<MetricPoint> take, CancellationToken ct) =>
        store.Visit(AtSteps, [("run", run), ("key", key), ("among", steps), ("limit", MostInRange)], row =>
        {
            take(Read(run, key, row));
            return true;
        }, ct);

    static MetricPoint Read(string run, string key, Row r) => new(run, key, r.Bool(3) ? double.NaN : r.Real(2), r.Int(0), r.Int(1));
}
