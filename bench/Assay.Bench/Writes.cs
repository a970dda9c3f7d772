namespace Assay.Bench;

/// <summary>What is written while a model trains, beside the limits of the machine, in interleaved rounds: a machine whose speed drifts treats all alike.</summary>
static class Writes
{
    public static async Task Measure(Wire wire, Report report, BenchOptions options)
    {
        using var raw = RawInsert.Open(options);
        await using var bare = await Child.Bare();
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var clients in (int[])[1, 8, 64])
                report.Add($"log-metric, {clients} clients", "calls/s", await LogMetric.Closed(wire, clients, options.Seconds));
            report.Add("bare endpoint, 8 clients", "calls/s", await LogMetric.Bare(bare.Url, 8, options.Seconds));
            report.Add("8 × fdatasync", "1/s", 8 * DiskSync.Measure(options.Seconds / 2));
            report.Add("log-metric, 8 clients, open loop at 1 000/s", "calls/s", await LogMetric.Open(wire, 8, 1000, options.Seconds));
            report.Add("log-batch of 1000, 1 client", "metrics/s", await LogBatch.Measure(wire, options.Seconds));
            report.Add("raw insert of 1000, same table", "metrics/s", await raw.Measure(options.Seconds));
            report.Add("run life cycle, 1 client", "cycles/s", await LifeCycle.Measure(wire, 1, options.Seconds));
            report.Add("run life cycle, 8 clients", "cycles/s", await LifeCycle.Measure(wire, 8, options.Seconds));
            await Register.Measure(wire, report, 20, options.Seconds / 2);
        }
        report.Ratio("log-metric, 8 clients / min(bare, 8 × fdatasync)", "log-metric, 8 clients", of => Math.Min(of("bare endpoint, 8 clients"), of("8 × fdatasync")));
        report.Ratio("log-batch / raw insert", "log-batch of 1000, 1 client", "raw insert of 1000, same table");
    }
}
