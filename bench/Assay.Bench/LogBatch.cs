using System.Text;

namespace Assay.Bench;

/// <summary>A thousand metrics a call: ten keys, a hundred steps each.</summary>
static class LogBatch
{
    public const int Size = 1000, Keys = 10;

    public static async Task<Figures> Measure(Wire wire, double seconds)
    {
        var figures = await Load.Closed(wire.Url, 1, seconds, async (connection, _) =>
        {
            var run = (await wire.Run()).Id;
            return n => connection.Post("runs/log-batch", Body(run, n * Size));
        });
        return figures with { Rate = figures.Rate * Size };
    }

    public static string Body(string run, int from, int keys = Keys)
    {
        var body = new StringBuilder($$"""{"run_id": "{{run}}", "metrics": [""");
        for (var i = from; i < from + Size; i++)
            body.Append(i > from ? "," : "").Append($$"""{"key": "metric{{i % keys}}", "value": {{i}}.5, "timestamp": {{i}}, "step": {{i / keys}}}""");
        return body.Append("]}").ToString();
    }
}
