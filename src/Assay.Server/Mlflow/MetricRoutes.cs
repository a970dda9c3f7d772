using System.Text.Json;
using Assay.Contracts;
using Assay.Contracts.Wire;
using Assay.Server.Identity;
using Assay.Server.Tracking;

namespace Assay.Server.Mlflow;

/// <summary>The histories of metrics.</summary>
sealed class MetricRoutes(MetricHistory history)
{
    const int StandardSteps = 320, Chunk = 5000;

    sealed record Page(string Run, string Key, string? Token, long? Limit);

    sealed record Interval(IReadOnlyList<string> Runs, string Key, long Start, long End, int Most);

    public void Map(MlflowRoutes mlflow)
    {
        mlflow.Map("GET", "/metrics/get-history", a => new Page(a.RunId(), a.Required("metric_key"), a.Text("page_token"), Limit(a)), OfRun).Allows(Permission.Read, page => Touched.Run(page.Run));
        mlflow.MapAjax("GET", "/metrics/get-history-bulk", ReadBulk, Bulk).AllowsEach(Permission.Read, r => r.Runs.Select(Touched.Run));
        mlflow.Map("GET", "/metrics/get-history-bulk-interval", ReadInterval, BulkInterval).AllowsEach(Permission.Read, r => r.Runs.Select(Touched.Run));
    }

    async Task<MlflowAnswer> OfRun(Page page, MlflowCall call)
    {
        var after = MetricHistory.After(page.Token, page.Run, page.Key);
        if (!after.Ok)
            return after.Refusal!;
        if (!await history.Knows(page.Run, call.Ct))
            return new Refusal(RefusalKind.NotFound, "no-such-run", $"Run with id={page.Run} not found.", Field: "run_id");
        if (!await history.HasMore(page.Run, page.Key, after.Value, call.Ct))
            return MlflowAnswer.Empty;
        return MlflowAnswer.Stream(async (json, ct) =>
        {
            json.WriteStartArray("metrics");
            var last = await Write(json, page.Run, page.Key, after.Value, page.Limit ?? long.MaxValue, RunJson.Metric, ct);
            json.WriteEndArray();
            if (last is { } point && page.Limit is not null && await history.HasMore(page.Run, page.Key, point, ct))
                json.WriteString("next_page_token", MetricHistory.TokenAfter(point));
        });
    }

    Task<MlflowAnswer> Bulk((IReadOnlyList<string> Runs, string Key, long Limit) r, MlflowCall call) => Task.FromResult(MlflowAnswer.Stream(async (json, ct) =>
    {
        json.WriteStartArray("metrics");
        foreach (var run in r.Runs.Order(StringComparer.Ordinal))
            await Write(json, run, r.Key, null, r.Limit, RunJson.MetricOfRun, ct);
        json.WriteEndArray();
    }));

    async Task<MlflowAnswer> BulkInterval(Interval r, MlflowCall call)
    {
        var steps = await history.Sample(r.Runs, r.Key, r.Start, r.End, r.Most, call.Ct);
        return MlflowAnswer.Stream(async (json, ct) =>
        {
            json.WriteStartArray("metrics");
            foreach (var run in r.Runs.Order(StringComparer.Ordinal))
            {
                await history.At(run, r.Key, steps, point => Item(json, point, RunJson.MetricOfRun), ct);
                await json.FlushAsync(ct);
            }
            json.WriteEndArray();
        });
    }

    /// <summary>Writes points after one as they are read; a chunk at a time, so that a slow client holds no snapshot. Answers the last.</summary>
    async Task<MetricPoint?> Write(Utf8JsonWriter json, string run, string key, MetricPoint? after, long limit, Action<Utf8JsonWriter, MetricPoint> members, CancellationToken ct)
    {
        var last = after;
        for (var left = limit; left > 0;)
        {
            var wanted = Math.Min(left, Chunk);
            (var count, last) = await history.Next(run, key, last, wanted, point => Item(json, point, members), ct);
            await json.FlushAsync(ct);
            left = count < wanted ? 0 : left - count;
        }
        return last;
    }

    static void Item(Utf8JsonWriter json, MetricPoint point, Action<Utf8JsonWriter, MetricPoint> members)
    {
        json.WriteStartObject();
        members(json, point);
        json.WriteEndObject();
    }

    static List<string> Distinct(IEnumerable<string> runs) => [.. runs.Distinct(StringComparer.Ordinal)];

    static long? Limit(MlflowArguments a)
    {
        var limit = a.Int("max_results");
        if (limit < 1)
            a.Invalid("max_results", limit.Value, "it must be at least 1.");
        return limit is { } asked ? Math.Min(asked, WireLimits.HistoryPage.Most) : null;
    }

    static (IReadOnlyList<string> Runs, string Key, long Limit) ReadBulk(MlflowArguments a)
    {
        var (runs, key) = (Distinct(a.Texts("run_id")), a.Text("metric_key"));
        a.Over(WireLimits.BulkRuns.Count(runs.Count, "run_id", "GetMetricHistoryBulk request cannot specify more than"));
        if (runs.Count == 0)
            a.Wrong("run_id", "GetMetricHistoryBulk request must specify at least one run_id.");
        if (string.IsNullOrEmpty(key))
            a.Wrong("metric_key", "GetMetricHistoryBulk request must specify a metric_key.");
        return (runs, key ?? "", Limit(a) ?? WireLimits.HistoryPage.Most);
    }

    static Interval ReadInterval(MlflowArguments a)
    {
        var (runs, key, start, end, most) = (Distinct(a.Texts("run_ids")), a.Required("metric_key"), a.Int("start_step"), a.Int("end_step"), a.PageSize("max_results", StandardSteps, WireLimits.BulkSteps));
        a.Over(WireLimits.BulkRuns.Count(runs.Count, "run_ids", "GetMetricHistoryBulkInterval request must specify at most"));
        if (runs.Count == 0)
            a.Missing("run_ids");
        if (start is null != end is null)
            a.Wrong(start is null ? "start_step" : "end_step", $"If either start step or end step are specified, both must be specified. {(start is null ? "start_step" : "end_step")} is missing.");
        else if (start > end)
            a.Wrong("end_step", $"end_step must be greater than start_step. Found start_step={start} and end_step={end}.");
        return new(runs, key, start ?? long.MinValue, end ?? long.MaxValue, (int)Math.Clamp(most, 1, WireLimits.BulkSteps.Most));
    }
}
