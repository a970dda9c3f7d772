using System.Text.Json.Nodes;

namespace Assay.Bench;

/// <summary>Searches of a hundred runs among as many as were seeded (<see cref="Seed"/>): by metric, param and tag, in the default order and by metric.</summary>
static class Searches
{
    static readonly (string Name, Func<int, string> Filter, string? Order)[] Kinds =
    [
        ("newest, no filter", _ => "", null),
        ("metric > x (half of all)", n => $"metrics.acc > 0.50{n % 10}", null),
        ("metric > x (1 %)", n => $"metrics.acc > 0.990{n % 10}", null),
        ("metric > x (0.01 %)", n => $"metrics.acc > 0.9999{n % 10}", null),
        ("metric > x (half), best first", n => $"metrics.acc > 0.50{n % 10}", "metrics.acc DESC"),
        ("param = x (0.1 %)", n => $"params.depth = '{n % 1000}'", null),
        ("param = x (one run)", n => $"params.seed = '{n % 10000}'", null),
        ("param = x (10 %), best first", n => $"params.lr = '0.{n % 10}'", "metrics.acc DESC"),
        ("tag = x (5 %)", n => $"tags.team = 'team{n % 20}'", null),
        ("tag = x (0.1 %), least loss first", n => $"tags.ticket = 'T-{n % 1000}'", "metrics.loss ASC"),
        ("tag and metric", n => $"tags.team = 'team{n % 20}' AND metrics.acc > 0.80{n % 10}", "start_time DESC"),
    ];

    public static async Task Measure(Wire wire, Report report, BenchOptions options)
    {
        var experiment = await wire.Experiment(Seed.Experiment);
        foreach (var (name, filter, order) in Kinds.Where(kind => options.Wants(kind.Name)))
        {
            var figures = await Load.Closed(wire.Url, 1, options.Seconds, (connection, _) => Task.FromResult<Func<int, byte[]>>(n => connection.Post("runs/search", Body(experiment, filter(n), order))));
            report.Add($"search {options.Size} runs: {name}", "calls/s", figures);
        }
    }

    static string Body(string experiment, string filter, string? order)
    {
        var body = new JsonObject { ["experiment_ids"] = new JsonArray(experiment), ["filter"] = filter, ["max_results"] = 100 };
        if (order is not null)
            body["order_by"] = new JsonArray(order);
        return body.ToJsonString();
    }
}
