namespace Assay.Bench;

/// <summary>What is written while a model trains, beside the limits of the machine, in interleaved rounds: a machine whose speed drifts treats all alike.</summary>
sealed class Writes(Wire wire, Report report, BenchOptions options)
{
    public async Task Measure()
    {
        using var raw = RawInsert.Open(options);
        await using var bare = await Child.Bare();
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var clients in (int[])[1, 8, 64])
                await Add($"log-metric, {clients} clients", "calls/s", () => LogMetric.Closed(wire, clients, options.Seconds));
            await Add("bare endpoint, 8 clients", "calls/s", () => LogMetric.Bare(bare.Url, 8, options.Seconds));
            await Add("8 × fdatasync", "1/s", () => Task.FromResult(8 * DiskSync.Measure(options.Seconds / 2)));
            await Add("log-metric, 8 clients, open loop at 1 000/s", "calls/s", () => LogMetric.Open(wire, 8, 1000, options.Seconds));
            await Add("log-batch of 1000, 1 client", "metrics/s", () => LogBatch.Measure(wire, options.Seconds));
            await Add("raw insert of 1000, same table", "metrics/s", () => raw.Measure(options.Seconds));
            await Add("run life cycle, 1 client", "cycles/s", () => LifeCycle.Measure(wire, 1, options.Seconds));
            await Add("run life cycle, 8 clients", "cycles/s", () => LifeCycle.Measure(wire, 8, options.Seconds));
            if (options.Wants("register"))
                await Register.Measure(wire, report, 20, options.Seconds / 2);
        }
        if (options.Only is not null)
            return;
        report.Ratio("log-metric, 8 clients / min(bare, 8 × fdatasync)", "log-metric, 8 clients", of => Math.Min(of("bare endpoint, 8 clients"), of("8 × fdatasync")));
        report.Ratio("log-batch / raw insert", "log-batch of 1000, 1 client", of => of("raw insert of 1000, same table"));
    }

    async Task Add(string name, string unit, Func<Task<Figures>> measure)
    {
        if (options.Wants(name))
            report.Add(name, unit, await measure());
    }

    async Task Add(string name, string unit, Func<Task<double>> measure)
    {
        if (options.Wants(name))
            report.Add(name, unit, await measure());
    }
}
