using System.Net;
using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Mlflow;

/// <summary>Artifacts as clients list, fetch and remove them (checklist §7.5).</summary>
public sealed class ArtifactsByPath(Servers servers)
{
    const string Proxy = "/api/2.0/mlflow-artifacts/artifacts";

    [Theory, BothEngines]
    public async Task A_runs_listing_is_relative_to_its_root_and_the_proxys_gives_names(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.Given.ARun();
        await Given.Ok(server.Given.Upload(run, "plots/roc/curve.txt", "12345"));
        await Given.Ok(server.Given.Upload(run, "plots/empty.txt", ""));
        Shape.Differences(JsonNode.Parse("""[{"path":"plots/empty.txt","is_dir":false},{"path":"plots/roc","is_dir":true}]"""), (await server.Get($"/artifacts/list?run_id={run.Id}&path=plots")).Good["files"], "files").ShouldBeEmpty();
        Shape.Differences(JsonNode.Parse("""[{"path":"empty.txt","is_dir":false},{"path":"roc","is_dir":true}]"""), JsonNode.Parse(await server.Http.GetStringAsync($"{Proxy}?path={run.Root}/plots"))!["files"], "files").ShouldBeEmpty();
        ((long)(await server.Get($"/artifacts/list?run_id={run.Id}&path=plots/roc")).Good["files"]![0]!["file_size"]!).ShouldBe(5);
    }

    [Theory, BothEngines]
    public async Task A_missing_file_is_404_and_a_missing_folder_is_empty(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.Given.ARun();
        foreach (var address in (string[])[$"{Proxy}/{run.Root}/none", $"/get-artifact?run_id={run.Id}&path=none", $"/get-artifact?run_id=nobody&path=x", "/model-versions/get-artifact?name=nobody&version=1&path=x"])
        {
            using var answer = await server.Http.GetAsync(address, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, address);
            ((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error_code"]).ShouldBe("RESOURCE_DOES_NOT_EXIST", address);
        }
        (await server.Get($"/artifacts/list?run_id={run.Id}&path=none")).Good["files"].ShouldBeNull();
        (await server.Http.GetStringAsync($"{Proxy}?path={run.Root}/none")).ShouldBe("{}");
        (await server.Get("/artifacts/list?run_id=nobody")).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST");
    }

    [Theory, BothEngines]
    public async Task Downloads_are_attachments_that_no_browser_runs(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.Given.ACompleteRun();
        await server.Given.Upload(run, "page.html", "<script>1</script>");
        var name = await server.AModel();
        (await server.Post("/model-versions/create", new { name, source = $"{run.ArtifactUri}/model", run_id = run.Id })).Status.ShouldBe(200);
        foreach (var (address, file, type) in new[] { ($"/get-artifact?run_id={run.Id}&path=page.html", "page.html", "text/plain"), ($"/model-versions/get-artifact?name={name}&version=1&path=model.pkl", "model.pkl", "application/octet-stream"), ($"{Proxy}/{run.Root}/page.html", "page.html", "text/plain") })
        {
            using var answer = await server.Http.GetAsync(address, TestContext.Current.CancellationToken);
            answer.EnsureSuccessStatusCode();
            answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
            answer.Content.Headers.ContentDisposition.FileName!.Trim('"').ShouldBe(file);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
            answer.Headers.GetValues("X-Content-Type-Options").ShouldContain("nosniff");
        }
    }

    [Theory, BothEngines]
    public async Task A_file_is_removed_unless_a_version_was_made_of_it(Engine engine)
    {
        var server = await servers.On(engine);
        var free = await server.Given.ARun();
        await Given.Ok(server.Given.Upload(free, "a.txt", "a"));
        ((int)(await server.Http.DeleteAsync($"{Proxy}/{free.Root}/a.txt", TestContext.Current.CancellationToken)).StatusCode).ShouldBe(200);
        (await server.Http.GetAsync($"{Proxy}/{free.Root}/a.txt", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var version = await server.Given.ACandidate();
        using var refused = await server.Http.DeleteAsync($"{Proxy}/{version.Run.Root}/model/model.pkl", TestContext.Current.CancellationToken);
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        ((string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error_code"]).ShouldBe("RESOURCE_CONFLICT");
        (await server.Http.GetAsync($"{Proxy}/{version.Run.Root}/model/model.pkl", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
