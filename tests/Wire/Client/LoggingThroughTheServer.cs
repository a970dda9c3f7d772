using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Assay.Client;
using Assay.Examples.Credit;
using Assay.Server.Storage;
using Assay.Tests.Unit.Client;
using Assay.Tests.Unit.Credit;

namespace Assay.Tests.Wire.Client;

/// <summary>The client and the training program against a real server: what they log by themselves is what the registry asks for.</summary>
public sealed class LoggingThroughTheServer(Servers servers)
{
    [Theory, BothEngines]
    public async Task A_training_logged_by_the_client_lacks_nothing(Engine engine)
    {
        var server = await servers.On(engine);
        using var repository = GitFolder.Committed("https://git.example/credit.git");
        var (code, run) = await Train(server, Unique("credit"), "--repo", repository.Path);
        code.ShouldBe(0);
        var model = Unique("credit-model");
        var (status, body) = await Register(server, model, run);
        status.ShouldBe(200, body.ToJsonString());
        var version = body["model_version"]!;
        version["status"]!.GetValue<string>().ShouldBe("READY");
        var tags = version["tags"]!.AsArray().ToDictionary(tag => tag!["key"]!.GetValue<string>(), tag => tag!["value"]!.GetValue<string>());
        tags["assay.status"].ShouldBe("candidate");
        tags["assay.digest"].ShouldStartWith("sha256:");
        (await GetRun(server, run))["data"]!["tags"]!.ToJsonString().ShouldContain(repository.Head);
    }

    [Theory, BothEngines]
    public async Task A_careless_training_is_refused_with_every_gap_and_its_mend(Engine engine)
    {
        var server = await servers.On(engine);
        var (code, run) = await Train(server, Unique("careless"), "--variant", "incomplete");
        code.ShouldBe(0);
        var (status, body) = await Register(server, Unique("careless-model"), run);
        status.ShouldBe(400);
        var gaps = body["gaps"]!.AsArray().ToDictionary(gap => gap!["item"]!.GetValue<string>(), gap => gap!["mend"]!.GetValue<string>());
        foreach (var item in new[] { "code.commit", "code.clean", "code.repository", "data.inputs", "params", "model.files", "model.signature" })
            gaps.ShouldContainKey(item);
        gaps.Values.ShouldAllBe(mend => mend.Length > 0);
    }

    [Theory, BothEngines]
    public async Task Where_completeness_is_required_the_training_itself_learns_what_is_missing(Engine engine)
    {
        var server = await servers.On(engine);
        using var client = new AssayClient(new() { Server = server.Url });
        var experiment = await client.ExperimentAsync(Unique("strict"));
        (await server.Http.PostAsJsonAsync("/api/2.0/mlflow/experiments/set-experiment-tag",
            new { experiment_id = experiment.Id, key = "assay.require_complete", value = Unique("strict-model") })).EnsureSuccessStatusCode();
        string id;
        await using (var run = await client.StartRunAsync(experiment.Name, Given.Bare))
        {
            id = run.Id;
            run.LogMetric("auc", 0.9);
            var error = await Should.ThrowAsync<MlflowException>(run.EndAsync());
            error.Gaps.Select(gap => gap.Item).ShouldContain("code.commit");
        }
        (await GetRun(server, id))["info"]!["status"]!.GetValue<string>().ShouldBe("FAILED");
    }

    [Theory, BothEngines]
    public async Task Every_point_of_every_metric_arrives(Engine engine)
    {
        var server = await servers.On(engine);
        using var client = new AssayClient(new() { Server = server.Url });
        await using var run = await client.StartRunAsync(Unique("points"), Given.Bare);
        for (var step = 0; step < 2500; step++)
            run.LogMetric("loss", step == 17 ? double.NaN : 1.0 / (step + 1), step);
        for (var i = 0; i < 250; i++)
            run.LogParam($"p{i}", i);
        await run.EndAsync();
        var history = JsonNode.Parse(await server.Http.GetStringAsync($"/api/2.0/mlflow/metrics/get-history?run_id={run.Id}&metric_key=loss"))!["metrics"]!.AsArray();
        history.Select(point => point!["step"]!.GetValue<long>()).Order().ShouldBe(Enumerable.Range(0, 2500).Select(step => (long)step));
        history.Single(point => point!["step"]!.GetValue<long>() == 17)!["value"]!.ToString().ShouldBe("NaN");
        var data = (await GetRun(server, run.Id))["data"]!;
        data["metrics"]!.AsArray().ShouldHaveSingleItem()!["step"]!.GetValue<long>().ShouldBe(2499);
        data["params"]!.AsArray().Count.ShouldBe(250);
    }

    [Theory, BothEngines]
    public async Task Files_come_back_byte_for_byte_whatever_they_are_called(Engine engine)
    {
        var server = await servers.On(engine);
        using var client = new AssayClient(new() { Server = server.Url });
        await using var run = await client.StartRunAsync(Unique("files"), Given.Bare);
        byte[] bytes = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31))];
        await run.LogBytesAsync(bytes, "a b/50%+ü.bin");
        await run.LogBytesAsync(Array.Empty<byte>(), "empty");
        await run.EndAsync();
        var root = $"/api/2.0/mlflow-artifacts/artifacts/{run.ArtifactUri["mlflow-artifacts:/".Length..]}";
        (await server.Http.GetByteArrayAsync($"{root}/a%20b/50%25%2B%C3%BC.bin")).ShouldBe(bytes);
        (await server.Http.GetByteArrayAsync($"{root}/empty")).ShouldBeEmpty();
    }

    static string Unique(string name) => $"{name}-{Guid.NewGuid():N}";

    static async Task<(int Code, string RunId)> Train(TestServer server, string experiment, params string[] more)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await CommandLine.RunAsync(["--data", LoanData.File, "--server", server.Url, "--experiment", experiment, .. more], output, errors);
        errors.ToString().ShouldBeEmpty();
        return (code, output.ToString().TrimEnd().Split('\n')[^1]["run_id=".Length..]);
    }

    static async Task<(int Status, JsonNode Body)> Register(TestServer server, string model, string runId)
    {
        await server.Http.PostAsJsonAsync("/api/2.0/mlflow/registered-models/create", new { name = model });
        var run = await GetRun(server, runId);
        using var answer = await server.Http.PostAsJsonAsync("/api/2.0/mlflow/model-versions/create",
            new { name = model, source = run["info"]!["artifact_uri"]!.GetValue<string>() + "/model", run_id = runId });
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    static async Task<JsonNode> GetRun(TestServer server, string runId) =>
        JsonNode.Parse(await server.Http.GetStringAsync($"/api/2.0/mlflow/runs/get?run_id={runId}"))!["run"]!;
}
