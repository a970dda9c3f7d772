using System.Text.Json.Nodes;
using Assay.Server.Storage;

namespace Assay.Tests.Wire.Mlflow;

public sealed class RunSearching(Servers servers)
{
    [Theory, BothEngines]
    public async Task The_default_order_is_newest_start_then_run_id_and_pages_are_exact(Engine engine)
    {
        var server = await servers.On(engine);
        var experiment = await server.AnExperiment();
        List<string> runs = [];
        for (var i = 0; i < 10; i++)
            runs.Add(await server.ARun(experiment, start: i % 3));
        List<string> seen = [];
        string? token = null;
        do
        {
            var page = (await server.Post("/runs/search", new { experiment_ids = new[] { long.Parse(experiment) }, max_results = 4, page_token = token })).Good;
            seen.AddRange(Ids(page));
            token = (string?)page["next_page_token"];
            (seen.Count == 4).ShouldBe(token is not null && seen.Count == 4);
            if (seen.Count == 4)
                runs.Add(await server.ARun(experiment, start: 5)); // written meanwhile, before the pages already read: not seen, and nothing is seen twice
        }
        while (token is not null);
        var starts = new Dictionary<string, long>();
        foreach (var run in runs.Take(10))
            starts[run] = (long)(await server.Run(run))["info"]!["start_time"]!;
        seen.ShouldBe(runs.Take(10).OrderByDescending(r => starts[r]).ThenBy(r => r, StringComparer.Ordinal));
    }

    [Theory, BothEngines]
    public async Task Filters_find_what_they_say(Engine engine)
    {
        var server = await servers.On(engine);
        var experiment = await server.AnExperiment();
        var (a, b) = (await server.ARun(experiment, 100), await server.ARun(experiment, 200));
        (await server.Post("/runs/log-batch", new
        {
            run_id = a,
            metrics = new object[] { new { key = "val/loss", value = 0.25, timestamp = 1 }, new { key = "m", value = 1, timestamp = 1 } },
            @params = new[] { MlflowWire.Pair("lr", "0.1"), MlflowWire.Pair("a.b", "X_y%z") },
            tags = new[] { MlflowWire.Pair("mlflow.user", "Ann"), MlflowWire.Pair("back", @"a\b") },
        })).Good.ShouldNotBeNull();
        (await server.Post("/runs/log-batch", new { run_id = b, metrics = new object[] { new { key = "m", value = "NaN", timestamp = 1 } }, @params = new[] { MlflowWire.Pair("lr", "0.2") } })).Good.ShouldNotBeNull();
        (await server.Post("/runs/log-inputs", new { run_id = a, datasets = new[] { new { tags = new[] { MlflowWire.Pair("mlflow.data.context", "train") }, dataset = new { name = "credit", digest = "d1", source_type = "local", source = "{}" } } } })).Good.ShouldNotBeNull();
        (await server.Post("/runs/update", new { run_id = b, status = "FINISHED", end_time = 300 })).Good.ShouldNotBeNull();
        var both = new[] { b, a };
        foreach (var (filter, found) in new (string, string[])[]
        {
            ("metrics.`val/loss` < 0.5", [a]), ("metrics.\"val/loss\" <= 0.25", [a]), ("metrics.val/loss > 0.25", []), ("metric.m >= 1", [a]), ("metrics.m < 5", [a]), ("metrics.m != 1", [b]), ("metrics.m = 1.0", [a]),
            ("params.lr = \"0.1\"", [a]), ("param.lr != '0.1'", [b]), ("parameters.`a.b` LIKE 'X\\_y%'", []), ("params.a.b LIKE 'X_y%'", [a]), ("params.a.b LIKE 'x_y%'", []), ("params.a.b ILIKE 'x_Y%Z'", [a]), ("params.a.b != 'q'", [a]),
            ("tags.mlflow.user = 'Ann'", [a]), ("tags.back LIKE 'a\\b'", [a]), ("tag.`mlflow.user` ilike 'ann'", [a]), ("tags.mlflow.user IS NULL", [b]), ("tags.mlflow.user IS NOT NULL", [a]), ("params.a.b is null", [b]), ("metrics.`val/loss` IS NULL", [b]),
            ("attributes.status = 'FINISHED'", [b]), ("status != 'FINISHED'", [a]), ($"run_id IN ('{a}','{b}', 'c')", both), ($"attr.run_id NOT IN ('{a}')", [b]), ("start_time > 100", [b]), ("created <= 100", [a]), ("end_time = 300", [b]), ("end_time IS NULL", [a]),
            ("`Run name` LIKE '%-%'", both), ("run name != ''", both), ("run.run_name LIKE '%'", both), ("artifact_uri LIKE 'mlflow-artifacts:%'", both), ("user_id = 'unknown'", both), ("start_time >= 1e2", both),
            ("datasets.name = 'credit'", [a]), ("datasets.context = 'train'", [a]), ("dataset.digest IN ('d1', 'd2')", [a]), ("datasets.name NOT IN ('x')", [a]), ("datasets.name = 'x'", []), ("datasets.context IS NULL", [b]),
            ("params.lr = '0.1' and metrics.m > 0 AND tags.mlflow.user = 'Ann'", [a]), ("params.lr = '0.1' AND metrics.m > 1", []), ("", both), ("   ", both), ("params.lr = 'it''s'", []),
        })
            Ids(await Search(server, experiment, filter)).ShouldBe(found, ignoreOrder: false, filter);
    }

    [Theory, BothEngines]
    public async Task A_filter_that_is_wrong_says_where(Engine engine)
    {
        var server = await servers.On(engine);
        foreach (var (filter, at) in new (string, int)[]
        {
            ("params.lr = 0.1", 13), ("metrics.m < '0.5'", 13), ("params.lr = '1' OR params.lr = '2'", 17), ("(params.lr = '1')", 1), ("NOT params.lr = '1'", 1), ("params.lr", 10), ("params.lr ==", 12),
            ("nothing = 'x'", 1), ("what.ever = 'x'", 1), ("params.lr > '1'", 11), ("status IN ('a')", 8), ("run_id IN ()", 12), ("run_id IN ('a'", 15), ("datasets.size = 'x'", 1), ("params. = 'x'", 8), ("params.lr = 'x", 13),
            ("metrics.m > 1 metrics.n > 2", 15), ("metrics.m > 1 AND", 18), ("metrics.m BETWEEN 1 AND 2", 11), ("metrics.m > 1e", 13), ("start_time LIKE 'x'", 12), ("`", 1), ("metrics.m IS 1", 11), ("status = 'a\0b'", 12),
        })
        {
            var reply = await server.Post("/runs/search", new { experiment_ids = new[] { "0" }, filter });
            if (filter.Contains('\0', StringComparison.Ordinal))
                reply.ShouldBeRefused(400, "INVALID_PARAMETER_VALUE");
            else
                reply.ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", $"at character {at}:", "^");
        }
    }

    [Theory, BothEngines]
    public async Task Metrics_sort_numbers_then_NaN_then_missing_in_both_directions(Engine engine)
    {
        var server = await servers.On(engine);
        var experiment = await server.AnExperiment();
        var values = new object?[] { 2.0, "-Infinity", "NaN", null, 0.5, "Infinity", -3 };
        List<string> runs = [];
        foreach (var value in values)
        {
            var run = await server.ARun(experiment);
            runs.Add(run);
            if (value is not null)
                (await server.LogMetric(run, "m", value)).Good.ShouldNotBeNull();
        }
        string[] rising = [runs[1], runs[6], runs[4], runs[0], runs[5], runs[2], runs[3]];
        string[] falling = [runs[5], runs[0], runs[4], runs[6], runs[1], runs[2], runs[3]];
        foreach (var (order, expected) in new[] { ("metrics.m", rising), ("metrics.`m` ASC", rising), ("metrics.m DESC", falling) })
        {
            List<string> seen = [];
            string? token = null;
            do
            {
                var page = (await server.Post("/runs/search", new { experiment_ids = new[] { experiment }, order_by = new[] { order }, max_results = 2, page_token = token })).Good;
                seen.AddRange(Ids(page));
                token = (string?)page["next_page_token"];
            }
            while (token is not null);
            seen.ToArray().ShouldBe(expected, ignoreOrder: false, order);
        }
        foreach (var order in (string[])["params.p", "tags.t DESC", "end_time DESC", "attributes.status", "run_name", "created desc"])
            Ids((await server.Post("/runs/search", new { experiment_ids = new[] { experiment }, order_by = new[] { order } })).Good).Count.ShouldBe(values.Length, order);
        foreach (var orders in (string[][])[["datasets.name"], ["metrics.m", "metrics.m DESC"], ["start_time", "created"], ["nothing"], ["metrics.m UP"], [""" metrics."m """]])
            (await server.Post("/runs/search", new { experiment_ids = new[] { experiment }, order_by = orders })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "order_by");
    }

    [Theory, BothEngines]
    public async Task View_type_limits_and_tokens_are_checked(Engine engine)
    {
        var server = await servers.On(engine);
        var experiment = await server.AnExperiment();
        var (alive, dead) = (await server.ARun(experiment), await server.ARun(experiment, 2));
        await server.Post("/runs/delete", new { run_id = dead });
        foreach (var (view, found) in new (object?, string[])[] { (null, [alive]), ("ACTIVE_ONLY", [alive]), ("DELETED_ONLY", [dead]), (2, [dead]), ("ALL", [dead, alive]) })
            Ids((await server.Post("/runs/search", new { experiment_ids = new[] { experiment }, run_view_type = view })).Good).ShouldBe(found);
        (await server.Post("/runs/search", new { experiment_ids = new[] { experiment }, run_view_type = "SOME" })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "run_view_type");
        (await server.Post("/runs/search", new { experiment_ids = new[] { experiment }, max_results = 50_000 })).Good.ShouldNotBeNull();
        foreach (var most in (object[])[50_001, 0, -1])
            (await server.Post("/runs/search", new { experiment_ids = new[] { experiment }, max_results = most })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", $"Invalid value {most} for parameter 'max_results' supplied");
        var token = (string)(await server.Post("/runs/search", new { experiment_ids = new[] { experiment }, run_view_type = "ALL", max_results = 1 })).Good["next_page_token"]!;
        foreach (var wrong in (string[])["garbage", "e30", "W10", "AAAA", token + "x", "äö", token[..^4]])
            (await server.Post("/runs/search", new { experiment_ids = new[] { experiment }, run_view_type = "ALL", page_token = wrong })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "page_token");
        (await server.Post("/runs/search", new { experiment_ids = new[] { experiment }, page_token = token })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "page_token");
        (await server.Post("/runs/search", new { })).Good.AsObject().Count.ShouldBe(0);
    }

    [Theory, BothEngines]
    public async Task A_found_run_has_its_data_and_inputs(Engine engine)
    {
        var server = await servers.On(engine);
        var experiment = await server.AnExperiment();
        var run = await server.ARun(experiment);
        await server.Post("/runs/log-batch", new { run_id = run, metrics = new[] { new { key = "m", value = 1, timestamp = 2, step = -3 } }, @params = new[] { MlflowWire.Pair("p", "v") } });
        await server.Post("/runs/log-inputs", new { run_id = run, datasets = new[] { new { dataset = new { name = "n", digest = "d", source_type = "s", source = "u", schema = "{}", profile = "{}" } } } });
        var found = (await Search(server, experiment, "metrics.m = 1"))["runs"]![0]!;
        found.ToJsonString().ShouldBe((await server.Run(run)).ToJsonString());
        ((long)found["data"]!["metrics"]![0]!["step"]!).ShouldBe(-3);
        ((string)found["inputs"]!["dataset_inputs"]![0]!["dataset"]!["name"]!).ShouldBe("n");
    }

    static async Task<JsonNode> Search(TestServer server, string experiment, string filter)
    {
        var reply = await server.Post("/runs/search", new { experiment_ids = new[] { experiment }, filter });
        reply.Status.ShouldBe(200, $"{filter}: {reply.Text}");
        return reply.Json;
    }

    static List<string> Ids(JsonNode page) => page["runs"] is { } runs ? [.. runs.AsArray().Select(r => (string)r!["info"]!["run_id"]!)] : [];
}
