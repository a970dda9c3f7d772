using System.Diagnostics;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Bench;

/// <summary>
/// A ledger as large as asked for, filled through the room itself: many units at once, each with one entry, as requests record them, in a server that
/// answers calls meanwhile. Entries are due at a fixed rate above the goal, so that a server which keeps up shows what the others feel, and one which does
/// not shows how many it takes. Writers, server, client and database share the machine.
/// </summary>
static class LedgerLoad
{
    const int Writers = 64, Callers = 4, CallsEachSecond = 200, Due = 6000;
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public static async Task Measure(Report report, BenchOptions options)
    {
        var data = Path.GetDirectoryName(options.Sqlite) ?? Directory.CreateTempSubdirectory("assay-ledger-").FullName;
        await using var server = await RunningServer.Start(new ServerOptions { Listen = ["http://127.0.0.1:0"], Data = data, Database = options.Postgres }, TimeProvider.System, LogLevel.Warning, default);
        var url = new Uri(server.Addresses[0]);
        using var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromMinutes(10) };
        var wire = new Wire(http);
        await Idle(report, wire, options.Seconds);
        await Append(report, server, wire, options.Runs);
        var size = (await server.Services.GetRequiredService<LedgerReader>().Head(default))!.Size;
        await Proofs(report, url, size, options.Seconds);
        await Verify(report, http);
    }

    static async Task Idle(Report report, Wire wire, double seconds)
    {
        await LogMetric.Open(wire, Callers, CallsEachSecond, seconds);
        report.Add($"log-metric at {CallsEachSecond}/s, nothing else", "calls/s", await LogMetric.Open(wire, Callers, CallsEachSecond, seconds));
    }

    static async Task Append(Report report, RunningServer server, Wire wire, long entries)
    {
        var (store, writer, reader) = (server.Services.GetRequiredService<Store>(), server.Services.GetRequiredService<LedgerWriter>(), server.Services.GetRequiredService<LedgerReader>());
        var before = (await reader.Head(default))?.Size ?? 0;
        var left = entries - before;
        if (left <= 0)
            return;
        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var taken = 0L;
        var writing = Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref taken) is var n && n <= left)
            {
                while (n / (double)Due - watch.Elapsed.TotalSeconds is > 0.001 and var early)
                    await Task.Delay(TimeSpan.FromSeconds(early));
                await store.Do(tx => writer.Record(tx, Principal.Server, LedgerActions.VersionSealed,
                    new($"model-{n % 500}", Digest.Of($"{n}"), n.ToString("x32"), "production", "primary"), Detail(n)), default);
            }
        })).ToList();
        var all = Task.WhenAll(writing);
        var serving = Serve(wire, () => all.IsCompleted);
        double behind = 0;
        while (!all.IsCompleted)
        {
            await Task.WhenAny(all, Task.Delay(Look));
            behind = Math.Max(behind, Math.Min(Interlocked.Read(ref taken), left) - ((await reader.Head(default))?.Size ?? 0) + before);
        }
        await all;
        var written = watch.Elapsed;
        while ((await reader.Head(default))?.Size < entries)
            await Task.Delay(Look);
        report.Add($"append, {Due} due each second, until the last is acknowledged", "entries/s", left / written.TotalSeconds);
        report.Add("append, until the last stands under a signed head", "entries/s", left / watch.Elapsed.TotalSeconds);
        report.Add("processor time for an entry, this process", "µs", (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / left);
        report.Add("most entries that waited for a number", "entries", behind);
        report.Add($"log-metric at {CallsEachSecond}/s meanwhile", "calls/s", await serving);
    }

    /// <summary>Calls of others while entries are written, for as long as that takes.</summary>
    static async Task<Figures> Serve(Wire wire, Func<bool> done)
    {
        List<double> times = [];
        var watch = Stopwatch.StartNew();
        var runs = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => wire.Run()));
        await Task.WhenAll(runs.Select(async (run, i) =>
        {
            using var connection = await KeepAlive.Open(wire.Url);
            for (var n = 0; !done(); n++)
            {
                var due = ((n * (double)Callers) + i) / CallsEachSecond;
                while (watch.Elapsed.TotalSeconds is var now && now < due)
                    await Task.Delay(1);
                await connection.Call(connection.Post("runs/log-metric", $$"""{"run_id": "{{run.Id}}", "key": "loss", "value": {{n}}.25, "timestamp": {{1700000000000 + n}}, "step": {{n}}}"""));
                lock (times)
                    times.Add((watch.Elapsed.TotalSeconds - due) * 1000);
            }
        }));
        return Figures.Of(times, watch.Elapsed.TotalSeconds);
    }

    static async Task Proofs(Report report, Uri url, long size, double seconds)
    {
        var random = new Random(1);
        report.Add("inclusion proof", "calls/s", await Ask(url, seconds, () => $"proof/inclusion?seq={random.NextInt64(size)}&size={size}"));
        report.Add("consistency proof", "calls/s", await Ask(url, seconds, () => $"proof/consistency?old={1 + random.NextInt64(size - 1)}&size={size}"));
        report.Add("tile of 256 hashes", "calls/s", await Ask(url, seconds, () => $"tile/{new Contracts.Ledger.Tile(0, random.NextInt64(size / 256), 256).Path[5..]}"));
        report.Add("bundle of 256 entries", "calls/s", await Ask(url, seconds, () => $"tile/{new Contracts.Ledger.Tile(null, random.NextInt64(size / 256), 256).Path[5..]}"));
    }

    static Task<Figures> Ask(Uri url, double seconds, Func<string> path) => Load.Closed(url, 1, seconds, (connection, _) =>
        Task.FromResult<Func<int, byte[]>>(_ => connection.Request("GET", "/api/assay/v1/ledger/" + path(), "")));

    static async Task Verify(Report report, HttpClient http)
    {
        GC.Collect();
        var before = Memory.Resident(Environment.ProcessId)!.Value;
        await using var memory = new MemoryWatch(Environment.ProcessId);
        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        using var answer = await http.PostAsync("/api/assay/v1/ledger/verification", null);
        var found = JsonNode.Parse(await answer.Content.ReadAsStringAsync());
        if (found?["ok"]?.GetValue<bool>() != true)
            throw new InvalidOperationException($"the ledger does not verify: {found}");
        report.Add("the server's own verification", "ms", watch.Elapsed.TotalMilliseconds);
        report.Add("its processor time", "ms", (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
        report.Add("memory that it adds", "MB", (await memory.Greatest())!.Value - before);
    }

    static JsonObject Detail(long n) => new()
    {
        ["number"] = n,
        ["seal"] = Digest.Of($"seal {n}").ToString(),
        ["profile"] = "standard",
        ["profile_digest"] = Digest.Of("profile").ToString(),
        ["writers"] = new JsonArray("workload:fraud-training"),
    };
}
