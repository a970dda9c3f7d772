using System.Text.Json.Nodes;
using Assay.Server.Storage;

namespace Assay.Tests.Wire.Mlflow;

public sealed class ExperimentSearching(Servers servers)
{
    [Theory, BothEngines]
    public async Task Experiments_are_filtered_sorted_and_paged(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        var ids = new Dictionary<string, string>();
        foreach (var name in (string[])["a", "ab", "Abc", "gone"])
            ids[name] = (string)(await server.Post("/experiments/create", new { name, tags = name == "a" ? new[] { MlflowWire.Pair("key", "value") } : [] })).Good["experiment_id"]!;
        await server.Post("/experiments/delete", new { experiment_id = ids["gone"] });
        foreach (var (filter, found) in new (string, string[])[]
        {
            ("attribute.name = 'a'", ["a"]), ("name != 'a'", ["Abc", "Default", "ab"]), ("name LIKE 'a%'", ["a", "ab"]), ("name ILIKE 'A%'", ["Abc", "a", "ab"]), ("tags.key = 'value'", ["a"]), ("tag.key ILIKE 'VAL%'", ["a"]), ("tags.key IS NULL AND name LIKE 'a%'", ["ab"]),
            ("creation_time >= 0", ["Abc", "Default", "a", "ab"]), ("last_update_time > 99999999999999", []), ("", ["Abc", "Default", "a", "ab"]),
        })
            (await Found(server, new { filter, order_by = new[] { "name" } })).ShouldBe(found, ignoreOrder: false, filter);
        (await Found(server, new { view_type = "DELETED_ONLY" })).ShouldBe(["gone"]);
        (await Found(server, new { view_type = "ALL" })).Length.ShouldBe(5);
        (await Found(server, new { order_by = new[] { "experiment_id DESC" } })).ShouldBe(["Abc", "ab", "a", "Default"]);
        (await Found(server, new { })).Last().ShouldBe("Default");
        List<string> seen = [];
        string? token = null;
        do
        {
            var page = (await server.Get($"/experiments/search?max_results=1&view_type=ALL&order_by=name%20DESC&page_token={token}")).Good;
            seen.Add((string)page["experiments"]![0]!["name"]!);
            token = (string?)page["next_page_token"];
        }
        while (token is not null);
        seen.ShouldBe(["gone", "ab", "a", "Default", "Abc"]);
        foreach (var filter in (string[])["experiment_id = '1'", "params.x = '1'", "name > 'a'", "creation_time = 'x'"])
            (await server.Post("/experiments/search", new { filter })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Invalid filter");
        (await server.Post("/experiments/search", new { order_by = new[] { "tags.key" } })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "order_by");
    }

    [Theory, BothEngines]
    public async Task Data_sets_of_experiments_are_listed_once(Engine engine)
    {
        var server = await servers.On(engine);
        var experiment = await server.AnExperiment();
        for (var i = 0; i < 2; i++)
            await server.Post("/runs/log-inputs", new { run_id = await server.ARun(experiment), datasets = new[] { new { tags = new[] { MlflowWire.Pair("mlflow.data.context", "train") }, dataset = new { name = "n", digest = "d", source_type = "s", source = $"{i}" } } } });
        var found = (await server.Send(HttpMethod.Post, "/experiments/search-datasets", $$"""{"experiment_ids":["{{experiment}}"]}""", "/ajax-api/2.0/mlflow")).Good["dataset_summaries"]!.AsArray();
        found.Count.ShouldBe(1);
        ((string)found[0]!["context"]!).ShouldBe("train");
    }

    static async Task<string[]> Found(TestServer server, object body) =>
        (await server.Post("/experiments/search", body)).Good["experiments"] is JsonArray found ? [.. found.Select(e => (string)e!["name"]!)] : [];
}
