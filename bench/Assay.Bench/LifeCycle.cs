using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Assay.Bench;

/// <summary>A run as a small training script makes it, call by call: create, ten params, ten metrics, end.</summary>
static class LifeCycle
{
    public static async Task<Figures> Measure(Wire wire, int clients, double seconds)
    {
        var watch = Stopwatch.StartNew();
        var times = await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            using var connection = await KeepAlive.Open(wire.Url);
            List<double> taken = [];
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                var began = Stopwatch.GetTimestamp();
                await Once(wire, connection);
                taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            return taken;
        }));
        return Figures.Of([.. times.SelectMany(t => t)], watch.Elapsed.TotalSeconds);
    }

    static async Task Once(Wire wire, KeepAlive connection)
    {
        var run = (await wire.Run()).Id;
        for (var i = 0; i < 10; i++)
            await connection.Call(connection.Post("runs/log-parameter", new JsonObject { ["run_id"] = run, ["key"] = $"param{i}", ["value"] = $"{i}" }.ToJsonString()));
        for (var i = 0; i < 10; i++)
            await connection.Call(connection.Post("runs/log-metric", new JsonObject { ["run_id"] = run, ["key"] = $"metric{i}", ["value"] = i, ["timestamp"] = 1700000000000 + i, ["step"] = 0 }.ToJsonString()));
        await connection.Call(connection.Post("runs/update", new JsonObject { ["run_id"] = run, ["status"] = "FINISHED", ["end_time"] = 1700000001000 }.ToJsonString()));
    }
}
