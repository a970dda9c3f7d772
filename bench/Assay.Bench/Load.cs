using System.Diagnostics;

namespace Assay.Bench;

/// <summary>What a load gave: calls a second, and how long one took, in milliseconds.</summary>
sealed record Figures(double Rate, double P50, double P95, double P99)
{
    public static Figures Of(List<double> milliseconds, double seconds)
    {
        milliseconds.Sort();
        return new(milliseconds.Count / seconds, At(0.50), At(0.95), At(0.99));

        double At(double share) => milliseconds.Count == 0 ? 0 : milliseconds[Math.Min(milliseconds.Count - 1, (int)(share * milliseconds.Count))];
    }
}

/// <summary>Two ways to load a server.</summary>
static class Load
{
    /// <summary>Closed: each client sends its next call when it has the answer of the last.</summary>
    public static async Task<Figures> Closed(Uri url, int clients, double seconds, Func<KeepAlive, int, Task<Func<int, byte[]>>> prepare)
    {
        var ready = await Ready(url, clients, prepare);
        var watch = Stopwatch.StartNew();
        var times = await Task.WhenAll(ready.Select(one => Task.Run(async () =>
        {
            List<double> taken = [];
            for (var n = 0; watch.Elapsed.TotalSeconds < seconds; n++)
            {
                var request = one.Request(n);
                var began = Stopwatch.GetTimestamp();
                await one.Connection.Call(request);
                taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            return taken;
        })));
        return End(ready, times, watch);
    }

    /// <summary>Open: calls are due at a fixed rate whether or not answers come, and each is timed from when it was due: a stall is seen by all that wait behind it.</summary>
    public static async Task<Figures> Open(Uri url, int clients, double rate, double seconds, Func<KeepAlive, int, Task<Func<int, byte[]>>> prepare)
    {
        var ready = await Ready(url, clients, prepare);
        var watch = Stopwatch.StartNew();
        var times = await Task.WhenAll(ready.Select((one, i) => Task.Run(async () =>
        {
            List<double> taken = [];
            for (var n = 0; ; n++)
            {
                var due = (n * (double)clients + i) / rate;
                if (due > seconds)
                    return taken;
                while (watch.Elapsed.TotalSeconds is var now && now < due)
                    if (due - now > 0.002)
                        await Task.Delay(1);
                    else
                        await Task.Yield();
                await one.Connection.Call(one.Request(n));
                taken.Add((watch.Elapsed.TotalSeconds - due) * 1000);
            }
        })));
        return End(ready, times, watch);
    }

    static async Task<List<(KeepAlive Connection, Func<int, byte[]> Request)>> Ready(Uri url, int clients, Func<KeepAlive, int, Task<Func<int, byte[]>>> prepare)
    {
        List<(KeepAlive, Func<int, byte[]>)> ready = [];
        for (var i = 0; i < clients; i++)
        {
            var connection = await KeepAlive.Open(url);
            ready.Add((connection, await prepare(connection, i)));
        }
        return ready;
    }

    static Figures End(List<(KeepAlive Connection, Func<int, byte[]> Request)> ready, List<double>[] times, Stopwatch watch)
    {
        var seconds = watch.Elapsed.TotalSeconds;
        foreach (var (connection, _) in ready)
            connection.Dispose();
        return Figures.Of([.. times.SelectMany(t => t)], seconds);
    }
}
