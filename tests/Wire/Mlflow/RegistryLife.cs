using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Mlflow;

/// <summary>Registered models and their versions as clients use them (checklist §7.6).</summary>
public sealed class RegistryLife(Servers servers)
{
    [Theory, BothEngines]
    public async Task A_name_is_registered_once(Engine engine)
    {
        var server = await servers.On(engine);
        var name = await server.AModel(description: "first", tags: [MlflowWire.Pair("team", "risk")]);
        (await server.Post("/registered-models/create", new { name })).ShouldBeRefused(400, "RESOURCE_ALREADY_EXISTS", "already exists");
        var model = (await server.Get($"/registered-models/get?name={name}")).Good["registered_model"]!;
        ((string)model["description"]!, (string)model["tags"]![0]!["value"]!).ShouldBe(("first", "risk"));
        ((long)model["creation_timestamp"]!).ShouldBeGreaterThan(0);
        model["latest_versions"].ShouldBeNull();
        (await server.Delete("/registered-models/delete", new { name })).Good.AsObject().Count.ShouldBe(0);
        (await server.Get($"/registered-models/get?name={name}")).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST", name);
        (await server.Delete("/registered-models/delete", new { name })).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST");
        (await server.Post("/registered-models/create", new { name })).Good.ShouldNotBeNull();
        (await server.AVersion(name)).ShouldBe("1");
        foreach (var bad in (string[])["a/b", "a:b", "a@b", "a\nb"])
            (await server.Post("/registered-models/create", new { name = bad })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "name");
    }

    [Theory, BothEngines]
    public async Task Numbers_are_counted_and_never_given_twice(Engine engine)
    {
        var server = await servers.On(engine);
        var name = await server.AModel();
        for (var wanted = 1; wanted <= 3; wanted++)
            (await server.AVersion(name)).ShouldBe($"{wanted}");
        (await server.Delete("/model-versions/delete", new { name, version = "3" })).Good.AsObject().Count.ShouldBe(0);
        (await server.Get($"/model-versions/get?name={name}&version=3")).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST");
        (await server.AVersion(name)).ShouldBe("4");
        var run = await server.ARun();
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.AVersion(name, run)));
        made.Select(int.Parse).Order().ShouldBe(Enumerable.Range(5, 20));
    }

    [Theory, BothEngines]
    public async Task A_version_of_a_complete_run_is_ready_at_once_and_says_where_it_is_from(Engine engine)
    {
        var server = await servers.On(engine);
        var (name, run) = (await server.AModel(), await server.Given.ACompleteRun());
        var source = $"{run.ArtifactUri}/model";
        var made = (await server.Post("/model-versions/create", new { name, source, run_id = run.Id, run_link = "http://ci/1", description = "d", tags = new[] { MlflowWire.Pair("k", "v") } })).Good["model_version"]!;
        ((string)made["status"]!, (string)made["version"]!, (string)made["source"]!, (string)made["run_id"]!, (string)made["run_link"]!, (string)made["current_stage"]!).ShouldBe(("READY", "1", source, run.Id, "http://ci/1", "None"));
        ((string)(await server.Get($"/model-versions/get-download-uri?name={name}&version=1")).Good["artifact_uri"]!).ShouldBe(source);
        var latest = (await server.Get($"/registered-models/get?name={name}")).Good["registered_model"]!["latest_versions"]!.AsArray();
        ((string)latest.Single()!["version"]!).ShouldBe("1");
    }

    [Theory, BothEngines]
    public async Task A_source_that_leads_elsewhere_or_nowhere_is_refused_with_its_gaps(Engine engine)
    {
        var server = await servers.On(engine);
        var (name, run) = (await server.AModel(), await server.Given.ACompleteRun());
        foreach (var source in (string[])["/etc", "file:///etc/passwd", "relative/path", $"{run.ArtifactUri}/../x", $"{run.ArtifactUri}/%2e%2e/x", $"{run.ArtifactUri}/%252e%252e/x"])
            (await server.Post("/model-versions/create", new { name, source, run_id = run.Id })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "source");
        var nowhere = await server.Post("/model-versions/create", new { name, source = $"{run.ArtifactUri}/nothing", run_id = run.Id });
        nowhere.ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "model.files");
        nowhere.Json["gaps"]!.AsArray().Select(g => (string)g!["item"]!).ShouldContain("model.files");
        var noRun = await server.Post("/model-versions/create", new { name, source = "mlflow-artifacts:/0/x/artifacts/model" });
        noRun.ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "run");
        ((string)noRun.Json["gaps"]![0]!["item"]!).ShouldBe("run");
        (await server.Post("/model-versions/create", new { name = "nobody's", source = "mlflow-artifacts:/0/x" })).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST");
    }

    [Theory, BothEngines]
    public async Task A_governance_refusal_keeps_its_gaps_and_is_none_that_clients_try_again(Engine engine)
    {
        var server = await servers.On(engine);
        var name = await server.AModel();
        var run = await server.Given.ARun(tags: new Dictionary<string, string?> { ["mlflow.source.git.commit"] = null });
        await server.Given.End(run);
        var refused = await server.Post("/model-versions/create", new { name, source = $"{run.ArtifactUri}/model", run_id = run.Id });
        refused.ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "code.commit");
        refused.Json["gaps"]!.AsArray().ShouldAllBe(g => g!["item"] != null && g["wanted"] != null && g["found"] != null && g["mend"] != null);
    }

    [Theory, BothEngines]
    public async Task Descriptions_are_replaced_and_a_rename_takes_versions_and_aliases_along(Engine engine)
    {
        var server = await servers.On(engine);
        var name = await server.AModel(description: "old");
        await server.AVersion(name);
        (await server.Post("/registered-models/alias", new { name, alias = "best", version = "1" })).Good.ShouldNotBeNull();
        ((string)(await server.Patch("/registered-models/update", new { name, description = "new" })).Good["registered_model"]!["description"]!).ShouldBe("new");
        ((string)(await server.Patch("/registered-models/update", new { name })).Good["registered_model"]!["description"]!).ShouldBe("");
        ((string)(await server.Patch("/model-versions/update", new { name, version = "1", description = "of version" })).Good["model_version"]!["description"]!).ShouldBe("of version");
        var to = name + " renamed";
        ((string)(await server.Post("/registered-models/rename", new { name, new_name = to })).Good["registered_model"]!["name"]!).ShouldBe(to);
        (await server.Get($"/registered-models/get?name={name}")).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST");
        var version = (await server.Get($"/registered-models/alias?name={Uri.EscapeDataString(to)}&alias=best")).Good["model_version"]!;
        ((string)version["name"]!, (string)version["version"]!, (string)version["description"]!).ShouldBe((to, "1", "of version"));
        var other = await server.AModel();
        (await server.Post("/registered-models/rename", new { name = other, new_name = to })).ShouldBeRefused(400, "RESOURCE_ALREADY_EXISTS");
    }

    [Theory, BothEngines]
    public async Task Tags_are_set_and_a_missing_one_is_deleted_silently(Engine engine)
    {
        var server = await servers.On(engine);
        var name = await server.AModel();
        await server.AVersion(name);
        var longest = new string('x', 100_000);
        foreach (var (set, delete, body) in new (string, string, Func<string, object>)[]
        {
            ("/registered-models/set-tag", "/registered-models/delete-tag", value => new { name, key = "k", value }),
            ("/model-versions/set-tag", "/model-versions/delete-tag", value => new { name, version = "1", key = "k", value }),
        })
        {
            (await server.Post(set, body("v"))).Good.AsObject().Count.ShouldBe(0);
            (await server.Post(set, body(longest))).Good.AsObject().Count.ShouldBe(0);
            for (var i = 0; i < 2; i++)
                (await server.Delete(delete, body(""))).Good.AsObject().Count.ShouldBe(0);
        }
        (await server.Post("/model-versions/set-tag", new { name, version = "1", key = "assay.status", value = "admitted" })).ShouldBeRefused(403, "PERMISSION_DENIED", "read only");
        (await server.Post("/model-versions/set-tag", new { name, version = "9", key = "k", value = "v" })).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST");
    }
}

/// <summary>Models and versions without a story.</summary>
static class RegistryWire
{
    public static async Task<string> AModel(this TestServer server, string description = "", object[]? tags = null)
    {
        var name = Given.Name("model");
        (await server.Post("/registered-models/create", new { name, description, tags = tags ?? [] })).Good.ShouldNotBeNull();
        return name;
    }

    /// <summary>A version of a run that still runs: noted at once, and READY. Answers its number.</summary>
    public static async Task<string> AVersion(this TestServer server, string name, string? run = null)
    {
        run ??= await server.ARun();
        return (string)(await server.Post("/model-versions/create", new { name, source = $"runs:/{run}/model", run_id = run })).Good["model_version"]!["version"]!;
    }

    public static async Task<JsonNode> Version(this TestServer server, string name, string version) => (await server.Get($"/model-versions/get?name={name}&version={version}")).Good["model_version"]!;
}
