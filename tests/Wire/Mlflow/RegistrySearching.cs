using System.Text.Json.Nodes;
using Assay.Server;
using Assay.Server.Storage;

namespace Assay.Tests.Wire.Mlflow;

public sealed class RegistrySearching(Servers servers)
{
    [Theory, BothEngines]
    public async Task Models_are_filtered_sorted_and_paged_and_prompts_hide(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        foreach (var name in (string[])["b", "a", "A2"])
            (await server.Post("/registered-models/create", new { name, tags = name == "a" ? new[] { MlflowWire.Pair("team", "risk") } : [] })).Good.ShouldNotBeNull();
        (await server.Post("/registered-models/create", new { name = "p", tags = new[] { MlflowWire.Pair("mlflow.prompt.is_prompt", "true") } })).Good.ShouldNotBeNull();
        foreach (var (query, found) in new (string, string[])[]
        {
            ("", ["A2", "a", "b"]), ("?filter=name%20ILIKE%20'a%25'", ["A2", "a"]), ("?filter=name%20LIKE%20'a%25'", ["a"]), ("?filter=tags.team%20%3D%20'risk'", ["a"]), ("?order_by=name%20DESC", ["b", "a", "A2"]), ("?order_by=timestamp", ["b", "a", "A2"]),
            ("?filter=tags.%60mlflow.prompt.is_prompt%60%20%3D%20'true'", ["p"]), ("?max_results=1000", ["A2", "a", "b"]),
            // What clients from 2.21 on send with every search of models, and of prompts.
            ("?filter=tag.%60mlflow.prompt.is_prompt%60%20!%3D%20'true'", ["A2", "a", "b"]), ("?filter=name%20LIKE%20'a%25'%20AND%20tag.%60mlflow.prompt.is_prompt%60%20!%3D%20'true'", ["a"]), ("?filter=tag.%60mlflow.prompt.is_prompt%60%20%3D%20'false'", ["A2", "a", "b"]),
        })
            Names((await server.Get("/registered-models/search" + query)).Good, "registered_models").ShouldBe(found, ignoreOrder: false, query);
        var page = (await server.Get("/registered-models/search?max_results=2")).Good;
        Names((await server.Get($"/registered-models/search?max_results=2&page_token={page["next_page_token"]}")).Good, "registered_models").ShouldBe(["b"]);
        (await server.Get("/registered-models/search?max_results=1001")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "max_results");
        (await server.Get("/registered-models/search?order_by=timestamp&order_by=last_updated_timestamp")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "twice");
        (await server.Get("/registered-models/search?filter=source%20%3D%20'x'")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Invalid filter at character 1:");
        (await server.Post("/registered-models/search", new { max_results = "2" })).Good["registered_models"]!.AsArray().Count.ShouldBe(2);
    }

    [Theory, BothEngines]
    public async Task Versions_are_filtered_and_sorted(Engine engine)
    {
        await using var server = await servers.Fresh(engine, o => o with { Capture = CaptureMode.Observe });
        var run = await server.ARun();
        await server.Post("/registered-models/create", new { name = "m" });
        for (var i = 0; i < 3; i++)
            (await server.Post("/model-versions/create", new { name = "m", source = $"mlflow-artifacts:/0/{run}/artifacts/m{i}", run_id = i == 0 ? "" : run })).Good.ShouldNotBeNull();
        (await server.Post("/model-versions/set-tag", new { name = "m", version = "2", key = "k", value = "v" })).Good.ShouldNotBeNull();
        foreach (var (filter, found) in new (string, string[])[]
        {
            ("name='m'", ["3", "2", "1"]), ($"name='m' and run_id='{run}'", ["3", "2"]), ("version_number > 1 AND version_number <= 2", ["2"]), ("source_path LIKE '%/m2'", ["3"]), ($"run_id IN ('{run}', 'x')", ["3", "2"]), ("tags.k = 'v'", ["2"]), ("name = 'other'", []), ("tags.assay.status != 'admitted'", ["3", "2", "1"]),
        })
            Versions((await server.Get($"/model-versions/search?order_by=version_number%20DESC&filter={Uri.EscapeDataString(filter)}")).Good).ShouldBe(found, ignoreOrder: false, filter);
        Versions((await server.Get("/model-versions/search")).Good).Length.ShouldBe(3);
        (await server.Get("/model-versions/search?max_results=200001")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "max_results");
        (await server.Get("/model-versions/search?filter=stage%20%3D%20'x'")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Invalid filter");
    }

    static string[] Names(JsonNode page, string list) => page[list] is JsonArray found ? [.. found.Select(m => (string)m!["name"]!)] : [];

    static string[] Versions(JsonNode page) => page["model_versions"] is JsonArray found ? [.. found.Select(m => (string)m!["version"]!)] : [];
}
