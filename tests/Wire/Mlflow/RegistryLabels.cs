using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Mlflow;

/// <summary>Stages, aliases and the addresses that are made of them (checklist §7.6).</summary>
public sealed class RegistryLabels(Servers servers)
{
    [Theory, BothEngines]
    public async Task Stages_are_read_in_any_case_and_siblings_archived_on_demand(Engine engine)
    {
        var server = await servers.On(engine);
        var name = await server.AModel();
        for (var i = 0; i < 3; i++)
            await server.AVersion(name);
        ((string)(await Stage(server, name, 1, "staging")).Good["model_version"]!["current_stage"]!).ShouldBe("Staging");
        ((string)(await Stage(server, name, 2, "STAGING")).Good["model_version"]!["current_stage"]!).ShouldBe("Staging");
        (await Stages(server, name)).ShouldBe(["Staging", "Staging", "None"]);
        (await Stage(server, name, 3, "Staging", archive: true)).Good.ShouldNotBeNull();
        (await Stages(server, name)).ShouldBe(["Archived", "Archived", "Staging"]);
        (await Stage(server, name, 3, "Prod")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "None, Staging, Production, Archived");
        foreach (var stage in (string[])["None", "Archived"])
            (await Stage(server, name, 3, stage, archive: true)).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "archive");
        (await Stage(server, name, 9, "Staging")).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST");
    }

    [Theory, BothEngines]
    public async Task Booleans_come_as_JSON_or_as_text_in_any_case(Engine engine)
    {
        var server = await servers.On(engine);
        var name = await server.AModel();
        await server.AVersion(name);
        await server.AVersion(name);
        await Stage(server, name, 1, "Production");
        foreach (var no in (object[])["FALSE", "False", "false", false])
            (await Stage(server, name, 2, "Production", no)).Good.ShouldNotBeNull();
        (await Stages(server, name)).ShouldBe(["Production", "Production"]);
        foreach (var wrong in (object[])["no", "0", 0, "yes"])
            (await Stage(server, name, 2, "Production", wrong)).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "archive_existing_versions");
        (await Stage(server, name, 2, "Production", "TRUE")).Good.ShouldNotBeNull();
        (await Stages(server, name)).ShouldBe(["Archived", "Production"]);
    }

    [Theory, BothEngines]
    public async Task The_latest_of_each_stage_are_had_by_POST_and_by_GET_with_repeated_stages(Engine engine)
    {
        var server = await servers.On(engine);
        var name = await server.AModel();
        for (var i = 0; i < 5; i++)
            await server.AVersion(name);
        foreach (var (version, stage) in new[] { (1, "Production"), (2, "Production"), (3, "Staging"), (5, "Archived") })
            await Stage(server, name, version, stage);
        var all = (await server.Post("/registered-models/get-latest-versions", new { name })).Good;
        Numbers(all).ShouldBe(["2", "3", "4", "5"]);
        (await server.Get($"/registered-models/get-latest-versions?name={name}")).Text.ShouldBe(all.ToJsonString());
        Numbers((await server.Post("/registered-models/get-latest-versions", new { name, stages = new[] { "Production" } })).Good).ShouldBe(["2"]);
        Numbers((await server.Get($"/registered-models/get-latest-versions?name={name}&stages=Production&stages=staging")).Good).ShouldBe(["2", "3"]);
        (await server.Get($"/registered-models/get-latest-versions?name={name}&stages=Production&stages=x")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "x");
        (await server.Post("/registered-models/get-latest-versions", new { name = "nobody's" })).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST");
        Numbers((await server.Get($"/registered-models/get?name={name}")).Good["registered_model"]!, "latest_versions").ShouldBe(["2", "3", "4", "5"]);
    }

    [Theory, BothEngines]
    public async Task An_alias_names_one_version_and_moves(Engine engine)
    {
        var server = await servers.On(engine);
        var name = await server.AModel();
        await server.AVersion(name);
        await server.AVersion(name);
        (await server.Get($"/registered-models/alias?name={name}&alias=best")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "alias best not found");
        foreach (var version in (string[])["1", "2"])
        {
            (await server.Post("/registered-models/alias", new { name, alias = "best", version })).Good.AsObject().Count.ShouldBe(0);
            ((string)(await server.Get($"/registered-models/alias?name={name}&alias=best")).Good["model_version"]!["version"]!).ShouldBe(version);
        }
        foreach (var alias in (string[])["latest", "LATEST", "v1", "V12", "a b", "a/b", new string('a', 256)])
            (await server.Post("/registered-models/alias", new { name, alias, version = "1" })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "lias");
        (await server.Post("/registered-models/alias", new { name, alias = "x", version = "9" })).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST");
        for (var i = 0; i < 2; i++)
            (await server.Delete("/registered-models/alias", new { name, alias = "best" })).Good.AsObject().Count.ShouldBe(0);
        (await server.Get($"/registered-models/alias?name={name}&alias=best")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE");
    }

    [Theory, BothEngines]
    public async Task Aliases_are_shown_wherever_a_version_is_and_go_with_it(Engine engine)
    {
        var server = await servers.On(engine);
        var name = await server.AModel();
        await server.AVersion(name);
        await server.Post("/registered-models/alias", new { name, alias = "best", version = "1" });
        foreach (var found in new[]
        {
            await server.Version(name, "1"), (await server.Get($"/registered-models/alias?name={name}&alias=best")).Good["model_version"]!,
            (await server.Get($"/model-versions/search?filter=name%3D'{name}'")).Good["model_versions"]![0]!,
            (await server.Post("/registered-models/get-latest-versions", new { name })).Good["model_versions"]![0]!,
            (await server.Get($"/registered-models/get?name={name}")).Good["registered_model"]!["latest_versions"]![0]!,
            (await server.Get($"/registered-models/search?filter=name%3D'{name}'")).Good["registered_models"]![0]!["latest_versions"]![0]!,
        })
            found["aliases"]!.AsArray().Select(a => (string)a!).ShouldBe(["best"], found.ToJsonString());
        ((string)(await server.Get($"/registered-models/get?name={name}")).Good["registered_model"]!["aliases"]![0]!["version"]!).ShouldBe("1");
        await server.Delete("/model-versions/delete", new { name, version = "1" });
        (await server.Get($"/registered-models/alias?name={name}&alias=best")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE");
        (await server.Get($"/registered-models/get?name={name}")).Good["registered_model"]!["aliases"].ShouldBeNull();
    }

    [Theory, BothEngines]
    public async Task The_champion_is_what_is_approved_and_nobody_sets_it(Engine engine)
    {
        var server = await servers.On(engine);
        var name = await server.AModel();
        await server.AVersion(name);
        foreach (var reply in new[] { await server.Post("/registered-models/alias", new { name, alias = "champion", version = "1" }), await server.Delete("/registered-models/alias", new { name, alias = "Champion" }) })
            reply.ShouldBeRefused(403, "PERMISSION_DENIED", "assay promote");
        (await server.Get($"/registered-models/alias?name={name}&alias=champion")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE");
    }

    [Theory, BothEngines]
    public async Task The_champion_is_told_by_the_model_and_by_its_version_alike(Engine engine)
    {
        var server = await servers.On(engine);
        var name = await server.AModel();
        await server.Given.AChampion(name);
        await server.Given.ACandidate(name);
        await server.Post("/registered-models/alias", new { name, alias = "best", version = "1" });
        foreach (var found in new[]
        {
            await server.Version(name, "1"), (await server.Get($"/registered-models/alias?name={name}&alias=champion")).Good["model_version"]!,
            (await server.Get($"/registered-models/alias?name={name}&alias=best")).Good["model_version"]!,
            (await server.Get($"/model-versions/search?filter=name%3D'{name}'&order_by=version_number ASC")).Good["model_versions"]![0]!,
            (await server.Patch("/model-versions/update", new { name, version = "1", description = "d" })).Good["model_version"]!,
            (await server.Post("/model-versions/transition-stage", new { name, version = "1", stage = "Staging" })).Good["model_version"]!,
            (await server.Post("/registered-models/get-latest-versions", new { name, stages = (string[])["Staging"] })).Good["model_versions"]![0]!,
            (await server.Get($"/registered-models/get?name={name}")).Good["registered_model"]!["latest_versions"]![1]!,
            (await server.Get($"/registered-models/search?filter=name%3D'{name}'")).Good["registered_models"]![0]!["latest_versions"]![1]!,
        })
            found["aliases"]!.AsArray().Select(a => (string)a!).ShouldBe(["champion", "best"], found.ToJsonString());
        foreach (var model in new[] { (await server.Get($"/registered-models/get?name={name}")).Good["registered_model"]!, (await server.Get($"/registered-models/search?filter=name%3D'{name}'")).Good["registered_models"]![0]! })
            model["aliases"]!.AsArray().Select(a => $"{a!["alias"]} {a["version"]}").ShouldBe(["champion 1", "best 1"]);
        (await server.Version(name, "2"))["aliases"].ShouldBeNull();
    }

    [Theory, BothEngines]
    public async Task What_a_models_address_is_resolved_with_leads_to_the_same_files(Engine engine)
    {
        var server = await servers.On(engine);
        var (name, run) = (await server.AModel(), await server.Given.ACompleteRun());
        await server.Post("/model-versions/create", new { name, source = $"{run.ArtifactUri}/model", run_id = run.Id });
        await server.Post("/registered-models/alias", new { name, alias = "best", version = "1" });
        await Stage(server, name, 1, "Production");
        foreach (var found in new[] // models:/n/1, models:/n@best, models:/n/Production, models:/n/latest
        {
            await server.Version(name, "1"), (await server.Get($"/registered-models/alias?name={name}&alias=best")).Good["model_version"]!,
            (await server.Get($"/registered-models/get-latest-versions?name={name}&stages=Production")).Good["model_versions"]![0]!,
            (await server.Get($"/registered-models/alias?name={name}&alias=latest")).Good["model_version"]!,
        })
        {
            var uri = (string)(await server.Get($"/model-versions/get-download-uri?name={name}&version={found["version"]}")).Good["artifact_uri"]!;
            var files = (await server.Http.GetStringAsync($"/api/2.0/mlflow-artifacts/artifacts?path={Uri.EscapeDataString(uri["mlflow-artifacts:/".Length..])}"));
            JsonNode.Parse(files)!["files"]!.AsArray().Select(f => (string)f!["path"]!).ShouldContain("MLmodel");
        }
        (await server.Http.GetStringAsync($"/model-versions/get-artifact?name={name}&version=1&path=model.pkl")).ShouldBe("weights");
    }

    [Theory, BothEngines]
    public async Task A_copied_version_names_its_source_and_has_the_originals_files(Engine engine)
    {
        var server = await servers.On(engine);
        var (name, to, run) = (await server.AModel(), await server.AModel(), await server.Given.ACompleteRun());
        await server.Post("/model-versions/create", new { name, source = $"{run.ArtifactUri}/model", run_id = run.Id });
        await server.AVersion(name);
        await server.Post("/model-versions/set-tag", new { name, version = "1", key = "team", value = "risk" });
        foreach (var number in (string[])["1", "2"])
        {
            // As the Python client does it: with every tag that the original shows, the derived ones among them.
            var tags = (await server.Version(name, number))["tags"]!.AsArray();
            var copy = (await server.Post("/model-versions/create", new { name = to, source = $"models:/{name}/{number}", run_id = number == "1" ? run.Id : "", tags, description = "" })).Good["model_version"]!;
            ((string)copy["source"]!, (string)copy["version"]!).ShouldBe(($"models:/{name}/{number}", number));
            copy["tags"]!.AsArray().Select(t => (string)t!["key"]!).ShouldBe(tags.Select(t => (string)t!["key"]!), ignoreOrder: true);
            (await Uri(server, to, number)).ShouldBe(await Uri(server, name, number));
        }
        (await server.Post("/model-versions/create", new { name = to, source = $"models:/{name}/9" })).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST");

        static async Task<string> Uri(TestServer server, string name, string version) => (string)(await server.Get($"/model-versions/get-download-uri?name={name}&version={version}")).Good["artifact_uri"]!;
    }

    static Task<Reply> Stage(TestServer server, string name, int version, string stage, object? archive = null) =>
        server.Post("/model-versions/transition-stage", new { name, version = $"{version}", stage, archive_existing_versions = archive });

    static async Task<string[]> Stages(TestServer server, string name) =>
        [.. (await server.Get($"/model-versions/search?filter=name%3D'{name}'&order_by=version_number")).Good["model_versions"]!.AsArray().Select(v => (string)v!["current_stage"]!)];

    static string[] Numbers(JsonNode page, string list = "model_versions") => [.. page[list]!.AsArray().Select(v => (string)v!["version"]!).Order(StringComparer.Ordinal)];
}
