using System.Net;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Artifacts;

/// <summary>What MLflow's clients remove as a whole: a folder of a run, or all that a run logged (<c>mlflow gc</c>).</summary>
public sealed class RemovingFolders(Servers servers)
{
    const string Proxy = "/api/2.0/mlflow-artifacts/artifacts";

    [Theory, BothEngines]
    public async Task A_folder_goes_with_everything_in_it_and_nothing_beside_it(Engine engine) => await Goes(await servers.On(engine));

    [Theory, BothStores]
    public async Task A_folder_goes_wherever_bytes_are_kept(Keeping where) => await Goes(await servers.On(where));

    [Theory, BothEngines]
    public async Task All_that_a_run_logged_goes_by_the_address_that_gc_uses(Engine engine)
    {
        var server = await servers.On(engine);
        var (run, other, empty) = (await server.Given.ACompleteRun(), await server.Given.ACompleteRun(), await server.Given.ARun());
        foreach (var gone in (LoggedRun[])[run, empty])
            (await Delete(server, gone.Root + "/")).Status.ShouldBe(HttpStatusCode.OK, "MLflow's clients put a slash at the end, and a run may have logged nothing");
        (await Files(server, run)).ShouldBeEmpty();
        (await Files(server, other)).ShouldNotBeEmpty();
        (await Delete(server, run.Root)).ShouldBeRefused(404, "no-such-artifact");
    }

    [Theory, BothEngines]
    public async Task What_a_version_was_made_of_stays_and_so_does_all_beside_it(Engine engine)
    {
        var server = await servers.On(engine);
        var experiment = await server.Given.AnExperiment();
        var (free, run) = (await server.Given.ACompleteRun(experiment), await server.Given.ACompleteRun(experiment, weights: Guid.NewGuid().ToString()));
        await Given.Ok(server.Given.Upload(run, "plots/roc.txt", "1"));
        await Given.Ok(server.Given.Api(HttpMethod.Post, "versions", new System.Text.Json.Nodes.JsonObject { ["run_id"] = run.Id, ["model"] = Given.Name("model") }), HttpStatusCode.Created);
        var before = (await Files(server, run), await Files(server, free));
        foreach (var folder in (string[])[$"{run.Root}/model", $"{run.Root}/plots", run.Root, run.Root + "/", experiment, experiment + "/", $"{experiment}/{run.Id}"])
        {
            var refused = await Delete(server, folder);
            refused.Status.ShouldBe(HttpStatusCode.Conflict, $"{folder}: {refused.Text}");
            ((string?)refused.Json["error_code"]).ShouldBe("RESOURCE_CONFLICT");
        }
        (await Files(server, run)).ShouldBe(before.Item1);
        (await Files(server, free)).ShouldBe(before.Item2, "all of a folder goes, or nothing");
    }

    [Theory, BothEngines]
    public async Task A_thousand_files_go_in_one_call(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.Given.ARun();
        await Parallel.ForAsync(0, 1000, TestContext.Current.CancellationToken, async (i, _) => await Given.Ok(server.Given.Upload(run, $"many/{i % 7}/artifacts/{i}.txt", "x")));
        await Given.Ok(Delete(server, $"{run.Root}/many"));
        (await Files(server, run)).ShouldBeEmpty();
    }

    static async Task Goes(TestServer server)
    {
        var run = await server.Given.ARun();
        foreach (var path in (string[])["plots/a.txt", "plots/deep/b.txt", "plots0/c.txt", "plots.txt", "plot/d.txt"])
            await Given.Ok(server.Given.Upload(run, path, path));
        await Given.Ok(Delete(server, $"{run.Root}/plots"));
        (await Files(server, run)).ShouldBe(["plot", "plots.txt", "plots0"]);
        (await Get(server, $"{run.Root}/plots/deep/b.txt")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Get(server, $"{run.Root}/plots0/c.txt")).Text.ShouldBe("plots0/c.txt");
        await Given.Ok(server.Given.Upload(run, "plots", "a file may stand there now"));
    }

    static Task<Answer> Delete(TestServer server, string path) => server.Given.Send(new(HttpMethod.Delete, $"{Proxy}/{path}"));

    static Task<Answer> Get(TestServer server, string path) => server.Given.Send(new(HttpMethod.Get, $"{Proxy}/{path}"));

    static async Task<string[]> Files(TestServer server, LoggedRun run) =>
        [.. ((await Given.Ok(server.Given.Get($"artifacts/list?run_id={run.Id}"))).Json["files"]?.AsArray() ?? []).Select(f => (string)f!["path"]!)];
}
