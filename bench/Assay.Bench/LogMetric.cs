using System.Diagnostics;

namespace Assay.Bench;

/// <summary>One metric a call, each client with a run of its own, in a closed loop.</summary>
static class LogMetric
{
    public static async Task<double> Measure(Wire wire, int clients, double seconds)
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => wire.Run()));
        var watch = Stopwatch.StartNew();
        var calls = await Task.WhenAll(runs.Select(async run =>
        {
            var n = 0;
            for (; watch.Elapsed.TotalSeconds < seconds; n++)
                await wire.Post("runs/log-metric", $$"""{"run_id": "{{run.Id}}", "key": "loss", "value": {{n}}, "timestamp": {{n}}, "step": {{n}}}""");
            return n;
        }));
        return calls.Sum() / watch.Elapsed.TotalSeconds;
    }
}
