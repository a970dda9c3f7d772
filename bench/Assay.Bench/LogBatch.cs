using System.Diagnostics;
using System.Text;

namespace Assay.Bench;

/// <summary>A thousand metrics a call: ten keys, a hundred steps each.</summary>
static class LogBatch
{
    const int Size = 1000, Keys = 10;

    public static async Task<double> Measure(Wire wire, double seconds)
    {
        var run = await wire.Run();
        var watch = Stopwatch.StartNew();
        var sent = 0;
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            await wire.Post("runs/log-batch", Body(run.Id, sent));
            sent += Size;
        }
        return sent / watch.Elapsed.TotalSeconds;
    }

    static string Body(string run, int from)
    {
        var body = new StringBuilder($$"""{"run_id": "{{run}}", "metrics": [""");
        for (var i = from; i < from + Size; i++)
            body.Append(i > from ? "," : "").Append($$"""{"key": "metric{{i % Keys}}", "value": {{i}}.5, "timestamp": {{i}}, "step": {{i / Keys}}}""");
        return body.Append("]}").ToString();
    }
}
