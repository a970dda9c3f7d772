using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Server;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Assay.Tests.EndToEnd.Cli;

namespace Assay.Tests.EndToEnd.Importing;

/// <summary>What another MLflow server holds, taken over by the program. The other server is one of ours that only observes, as any server of the protocol does.</summary>
public sealed class ImportingAnMlflowServer(Servers servers) : IDisposable
{
    readonly AssayProgram assay = new();

    public void Dispose() => assay.Dispose();

    [Theory, BothEngines]
    public async Task Runs_keep_their_ids_points_links_and_files(Engine engine)
    {
        var (origin, target) = await Two(engine);
        var told = await Tell(origin.Given);
        var summary = await Import(origin, target);
        ((long)summary["runs"]!).ShouldBe(4);
        ((long)summary["points"]!).ShouldBe(2504);
        foreach (var run in new[] { told.Run, told.Deleted, told.Running })
            Facts(await Run(target, run.Id)).ShouldBe(Facts(await Run(origin, run.Id)), run.Id);
        (await History(target, told.Run.Id)).ShouldBe(await History(origin, told.Run.Id));
        foreach (var path in new[] { "model/MLmodel", "data/deep/er/empty.txt", "data/big.bin" })
            (await File(target, told.Run.Id, path)).ShouldBe(await File(origin, told.Run.Id, path), path);
        (await target.Given.Get($"logged-models/{told.Logged}")).Json["model"]!["info"]!["source_run_id"]!.GetValue<string>().ShouldBe(told.Run.Id);
        (await LoggedFile(target, told.Logged)).ShouldBe("weights");
    }

    [Theory, BothEngines]
    public async Task Versions_keep_numbers_and_labels_and_are_readable_and_never_admitted(Engine engine)
    {
        var (origin, target) = await Two(engine);
        var told = await Tell(origin.Given);
        await Import(origin, target);
        var versions = (await Given.Ok(target.Given.Api(HttpMethod.Get, $"models/{told.Model}/versions"))).Json["versions"]!.AsArray();
        versions.Select(v => (long)v!["version"]!).ShouldBe([3, 1]);
        versions.ShouldAllBe(v => (string)v!["status"]! == "imported" && v["digest"] == null);
        var third = (await Given.Ok(target.Given.Get($"registered-models/alias?name={told.Model}&alias=blue"))).Json["model_version"]!;
        ((string)third["version"]!).ShouldBe("3");
        ((string)third["current_stage"]!).ShouldBe("Production");
        ((string)third["source"]!).ShouldBe((string)(await Run(target, told.Run.Id))["info"]!["artifact_uri"]! + "/model");
        ((string)third["description"]!).ShouldBe("the good one");
        ((string)(await Given.Ok(target.Given.Post("model-versions/create", new() { ["name"] = told.Model, ["source"] = "models:/" + told.Model + "/1", ["run_id"] = told.Run.Id }))).Json["model_version"]!["version"]!).ShouldBe("4");

        assay.Variables["ASSAY_URL"] = target.Url;
        (await assay.Run("submit", "--run", told.Run.Id, "--model", told.Model)).ShouldSatisfyAllConditions(a => a.Code.ShouldBe(1), a => a.Errors.ShouldContain("run.imported"));
        (await assay.Run("gate", $"{told.Model}/3", "--env", "production")).ShouldSatisfyAllConditions(a => a.Code.ShouldNotBe(0), a => a.Errors.ShouldContain("was imported"));
        (await assay.Run("approve", $"{told.Model}/3", "--env", "production")).Code.ShouldNotBe(0);
        (await assay.Run("ledger", "verify")).Code.ShouldBe(0);
    }

    [Theory, BothEngines]
    public async Task An_import_goes_on_where_it_was_cut_off_and_the_second_changes_nothing(Engine engine)
    {
        var (origin, target) = await Two(engine);
        var told = await Tell(origin.Given);
        var info = (await Run(origin, told.Run.Id))["info"]!;
        var experiment = await target.Given.AnExperiment(told.Experiment);
        await Given.Ok(target.Given.Api(HttpMethod.Put, $"imports/runs/{told.Run.Id}", new JsonObject { ["origin"] = origin.Url + "/", ["experiment_id"] = experiment, ["run_name"] = (string)info["run_name"]!, ["start_time"] = (long)info["start_time"]!, ["tags"] = new JsonArray() }));
        await Given.Ok(target.Given.Post("runs/log-batch", new() { ["run_id"] = told.Run.Id, ["metrics"] = Points(0, 700) }));
        await Import(origin, target);
        (await History(target, told.Run.Id)).ShouldBe(await History(origin, told.Run.Id));
        var before = (await Run(target, told.Run.Id)).ToJsonString();
        var again = await Import(origin, target);
        ((long)again["runs_already_here"]!).ShouldBe(3);
        (await Run(target, told.Run.Id)).ToJsonString().ShouldBe(before);
    }

    [Theory, BothEngines]
    public async Task What_was_made_here_is_never_changed_by_an_import(Engine engine)
    {
        var (origin, target) = await Two(engine);
        var told = await Tell(origin.Given);
        var own = await target.Given.ACandidate(told.Model);
        var summary = await Import(origin, target, code: 1);
        summary["left_out"]!.AsArray().ShouldContain(l => (string)l!["what"]! == $"{told.Model}/1");
        ((string)(await Given.Ok(target.Given.Api(HttpMethod.Get, $"models/{told.Model}/versions/1"))).Json["digest"]!).ShouldBe(own.Digest);
        (await target.Given.Api(HttpMethod.Put, $"imports/runs/{own.Run.Id}", new JsonObject { ["origin"] = "http://elsewhere/", ["experiment_id"] = "0", ["start_time"] = 0 })).ShouldBeRefused(409, "not-imported");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named()
    {
        var target = await servers.On(Engine.Sqlite);
        var answer = await assay.Run("import", "mlflow", "http://user:secret@127.0.0.1:1", "--server", target.Url);
        answer.Code.ShouldBe(2);
        answer.Errors.ShouldContain("http://127.0.0.1:1/");
        answer.Errors.ShouldNotContain("secret");
        (await assay.Run("import", "mlflow", target.Url, "--server", target.Url)).Code.ShouldBe(2);
    }

    sealed record Story(string Experiment, LoggedRun Run, LoggedRun Deleted, LoggedRun Running, string Logged, string Model);

    async Task<(TestServer Origin, TestServer Target)> Two(Engine engine) =>
        (await servers.Fresh(Engine.Sqlite, o => o with { Capture = CaptureMode.Observe }), await servers.Fresh(engine));

    async Task<JsonNode> Import(TestServer origin, TestServer target, int code = 0)
    {
        var answer = await assay.Run("import", "mlflow", origin.Url, "--server", target.Url, "--json");
        answer.Code.ShouldBe(code, answer.Output + answer.Errors);
        return answer.Json;
    }

    static async Task<Story> Tell(Given given)
    {
        var name = Given.Name("experiment");
        var experiment = await given.AnExperiment(name);
        var run = await given.ACompleteRun(experiment, finish: false);
        for (var from = 0; from < 2500; from += 500)
            await Given.Ok(given.Post("runs/log-batch", new() { ["run_id"] = run.Id, ["metrics"] = Points(from, 500) }));
        await Given.Ok(given.Upload(run, "data/deep/er/empty.txt", ""));
        await Given.Ok(given.UploadBytes(run, "data/big.bin", [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i * 31))]));
        var logged = (string)(await Given.Ok(given.Post("logged-models", new() { ["experiment_id"] = experiment, ["name"] = "m", ["source_run_id"] = run.Id, ["params"] = new JsonArray(Given.Pair("depth", "3")) }))).Json["model"]!["info"]!["model_id"]!;
        var root = (string)(await given.Get($"logged-models/{logged}")).Json["model"]!["info"]!["artifact_uri"]!;
        await Given.Ok(given.UploadBytes(new("", root), "model.pkl", "weights"u8.ToArray()));
        await Given.Ok(given.Post("runs/outputs", new() { ["run_id"] = run.Id, ["models"] = new JsonArray(new JsonObject { ["model_id"] = logged, ["step"] = 4 }) }));
        await Given.Ok(given.Mlflow(HttpMethod.Patch, $"logged-models/{logged}", new() { ["status"] = "LOGGED_MODEL_READY" }));
        await given.End(run);

        var deleted = await given.ACompleteRun(experiment);
        await Given.Ok(given.Post("runs/delete", new() { ["run_id"] = deleted.Id }));
        var first = await given.ACompleteRun(experiment, weights: "first");
        var running = await given.ACompleteRun(experiment, finish: false);

        var model = Given.Name("model");
        await Given.Ok(given.Post("registered-models/create", new() { ["name"] = model, ["description"] = "d", ["tags"] = new JsonArray(Given.Pair("team", "risk")) }));
        foreach (var (number, of, text) in new[] { (1, first, "first"), (2, running, "gone"), (3, run, "the good one") })
            await Given.Ok(given.Post("model-versions/create", new() { ["name"] = model, ["source"] = $"{of.ArtifactUri}/model", ["run_id"] = of.Id, ["description"] = text, ["tags"] = new JsonArray(Given.Pair("n", $"{number}")) }));
        await Given.Ok(given.Mlflow(HttpMethod.Delete, "model-versions/delete", new() { ["name"] = model, ["version"] = "2" }));
        await Given.Ok(given.Post("model-versions/transition-stage", new() { ["name"] = model, ["version"] = "3", ["stage"] = "Production" }));
        await Given.Ok(given.Post("registered-models/alias", new() { ["name"] = model, ["alias"] = "blue", ["version"] = "3" }));
        return new(name, run, deleted, running, logged, model);
    }

    static JsonArray Points(int from, int count) => new([.. Enumerable.Range(from, count).Select(i => (JsonNode)new JsonObject
    {
        ["key"] = "loss",
        ["value"] = i % 97 == 0 ? "NaN" : i % 101 == 0 ? "-Infinity" : 1.0 / (i + 1),
        ["timestamp"] = 1_700_000_000_000 + i,
        ["step"] = i / 2,
    })]);

    static async Task<JsonNode> Run(TestServer server, string id) => (await Given.Ok(server.Given.Get($"runs/get?run_id={id}"))).Json["run"]!;

    /// <summary>A run without what is another on each server: where its files lie, and its experiment's number.</summary>
    static string Facts(JsonNode run)
    {
        var copy = run.DeepClone();
        copy["info"]!.AsObject().Remove("artifact_uri");
        copy["info"]!.AsObject().Remove("experiment_id");
        return copy.ToJsonString();
    }

    static async Task<string> History(TestServer server, string run) => (await Given.Ok(server.Given.Get($"metrics/get-history?run_id={run}&metric_key=loss"))).Json["metrics"]!.ToJsonString();

    static async Task<string> File(TestServer server, string run, string path) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(await server.Http.GetByteArrayAsync($"/get-artifact?run_id={run}&path={Uri.EscapeDataString(path)}", TestContext.Current.CancellationToken)));

    static async Task<string> LoggedFile(TestServer server, string model) =>
        Encoding.UTF8.GetString(await server.Http.GetByteArrayAsync($"/ajax-api/2.0/mlflow/logged-models/{model}/artifacts/files?artifact_file_path=model.pkl", TestContext.Current.CancellationToken));
}
