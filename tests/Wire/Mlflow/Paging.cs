using System.Text.Json.Nodes;
using Assay.Server.Storage;

namespace Assay.Tests.Wire.Mlflow;

/// <summary>Pages give every row once, however they are ordered and whoever writes meanwhile.</summary>
public sealed class Paging(Servers servers)
{
    const int Rows = 23, PageRows = 4;

    [Theory, BothEngines]
    public async Task Every_run_that_was_there_is_seen_once_while_others_are_written(Engine engine)
    {
        var server = await servers.On(engine);
        var experiment = await server.AnExperiment();
        List<string> there = [];
        for (var i = 0; i < Rows; i++)
            there.Add(await server.ARun(experiment, start: i % 3));
        for (var i = 0; i < Rows; i += 2)
            await server.LogMetric(there[i], "m", i % 4 == 0 ? "NaN" : i);
        foreach (var order in (string[][])[[], ["metrics.m"], ["metrics.m DESC"], ["params.p", "run_id DESC"], ["start_time ASC"], ["tags.mlflow.runName"]])
        {
            using var stop = new CancellationTokenSource();
            var writing = Task.Run(async () =>
            {
                // So many that pages must move under the reader, and no more than its pages can hold: a fast writer would always be ahead of it.
                for (var i = 0; i < 30 && !stop.IsCancellationRequested; i++)
                    await server.ARun(experiment, start: i % 5);
            }, TestContext.Current.CancellationToken);
            var seen = await Pages(server, "/runs/search", token => new { experiment_ids = new[] { experiment }, max_results = PageRows, order_by = order, page_token = token }, "runs", r => (string)r["info"]!["run_id"]!, atMost: 60);
            await stop.CancelAsync();
            await writing;
            seen.Distinct().Count().ShouldBe(seen.Count, string.Join(',', order));
            there.Except(seen).ShouldBeEmpty(string.Join(',', order));
        }
    }

    [Theory, BothEngines]
    public async Task Every_experiment_model_version_and_logged_model_is_seen_once(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        var experiment = await server.AnExperiment("home");
        var run = await server.ARun(experiment);
        for (var i = 0; i < Rows; i++)
        {
            await server.AnExperiment($"e{i % 5} {i}");
            (await server.Post("/registered-models/create", new { name = $"m{i % 5} {i}" })).Good.ShouldNotBeNull();
            await server.AVersion("m0 0", run);
            (await server.Post("/logged-models", new { experiment_id = experiment, name = $"l{i % 3}" })).Good.ShouldNotBeNull();
        }
        foreach (var (path, list, id, order, wanted) in new (string, string, Func<JsonNode, string>, object[], int)[]
        {
            ("/experiments/search", "experiments", e => (string)e["experiment_id"]!, [], Rows + 2), ("/experiments/search", "experiments", e => (string)e["experiment_id"]!, ["name DESC"], Rows + 2), ("/experiments/search", "experiments", e => (string)e["experiment_id"]!, ["last_update_time"], Rows + 2),
            ("/registered-models/search", "registered_models", m => (string)m["name"]!, [], Rows), ("/registered-models/search", "registered_models", m => (string)m["name"]!, ["timestamp DESC"], Rows),
            ("/model-versions/search", "model_versions", v => (string)v["version"]!, [], Rows), ("/model-versions/search", "model_versions", v => (string)v["version"]!, ["creation_timestamp"], Rows),
            ("/logged-models/search", "models", m => (string)m["info"]!["model_id"]!, [], Rows), ("/logged-models/search", "models", m => (string)m["info"]!["model_id"]!, [new { field_name = "name" }], Rows), ("/logged-models/search", "models", m => (string)m["info"]!["model_id"]!, [new { field_name = "metrics.none", ascending = false }], Rows),
        })
        {
            var seen = await Pages(server, path, token => new { experiment_ids = path.StartsWith("/logged", StringComparison.Ordinal) ? new[] { experiment } : null, max_results = PageRows, order_by = order, page_token = token }, list, id, atMost: 20);
            seen.Distinct().Count().ShouldBe(seen.Count, path);
            seen.Count.ShouldBe(wanted, path);
        }
    }

    static async Task<List<string>> Pages(TestServer server, string path, Func<string?, object> body, string list, Func<JsonNode, string> id, int atMost)
    {
        List<string> seen = [];
        string? token = null;
        for (var pages = 0; pages == 0 || token is not null; pages++)
        {
            var page = (await server.Post(path, body(token))).Good;
            seen.AddRange(page[list] is JsonArray found ? found.Select(r => id(r!)) : []);
            token = (string?)page["next_page_token"];
            if (pages == atMost)
                break; // whoever writes faster than one reads is never caught up with
        }
        return seen;
    }
}
