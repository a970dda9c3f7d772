using System.Diagnostics;

namespace Assay.Bench;

/// <summary>The whole history of a metric in one answer, without any paging, and what the server's memory does meanwhile.</summary>
static class History
{
    public static async Task Measure(Wire wire, Report report, int points, int rounds, int? process)
    {
        var run = (await wire.Run()).Id;
        using var connection = await KeepAlive.Open(wire.Url);
        for (var at = 0; at < points; at += LogBatch.Size)
            await connection.Call(connection.Post("runs/log-batch", LogBatch.Body(run, at, keys: 1)));
        var request = connection.Request("GET", $"/api/2.0/mlflow/metrics/get-history?run_id={run}&metric_key=metric0", "");
        var thin = connection.Request("GET", $"/api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids={run}&metric_key=metric0&max_results=320", "");
        await connection.Call(request);
        for (var round = 0; round < rounds; round++)
        {
            var (before, began) = (Memory.Resident(process), Stopwatch.GetTimestamp());
            var bytes = await connection.Call(request);
            report.Add($"get-history of {points:N0} points", "points/s", points / Stopwatch.GetElapsedTime(began).TotalSeconds);
            if (before is { } resident)
                report.Add($"get-history of {points:N0} points ({bytes >> 20} MB): resident memory grew by", "MB", Memory.Resident(process)!.Value - resident);
            began = Stopwatch.GetTimestamp();
            await connection.Call(thin);
            report.Add($"history of {points:N0} points thinned for a plot", "ms", Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
    }
}
