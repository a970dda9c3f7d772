using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Capture;

public sealed class Refusing(Servers servers)
{
    [Theory, BothEngines]
    public async Task An_empty_run_is_refused_with_every_gap_and_its_mend_at_once(Engine engine)
    {
        var server = await servers.On(engine);
        var model = Given.Name("fraud");
        await Given.Ok(server.Given.Post("registered-models/create", new() { ["name"] = model }));
        var run = (await Given.Ok(server.Given.Post("runs/create", new() { ["experiment_id"] = await server.Given.AnExperiment(), ["start_time"] = 1 }))).Json["run"]!["info"]!;
        await server.Given.Post("runs/update", new() { ["run_id"] = (string)run["run_id"]!, ["status"] = "FINISHED", ["end_time"] = 2 });
        var answer = await server.Given.Post("model-versions/create", new() { ["name"] = model, ["source"] = $"{run["artifact_uri"]}/model", ["run_id"] = (string)run["run_id"]! });
        ((int)answer.Status).ShouldBe(400, answer.Text);
        ((string?)answer.Json["error_code"]).ShouldBe("INVALID_PARAMETER_VALUE");
        var gaps = answer.Json["gaps"]!.AsArray();
        gaps.Select(g => (string)g!["item"]!).ShouldBe(["run.user", "code.commit", "code.clean", "code.repository", "data.inputs", "params", "metrics", "model.files", "model.signature", "environment.lock"]);
        gaps.ShouldAllBe(g => ((string)g!["mend"]!).Length > 10 && ((string)g["wanted"]!).Length > 5 && ((string)g["found"]!).Length > 0);
        foreach (var gap in gaps)
            ((string)answer.Json["message"]!).ShouldContain((string)gap!["item"]!);
        (await Given.Ok(server.Given.Api(HttpMethod.Get, $"models/{model}/versions"))).Json["versions"]!.AsArray().ShouldBeEmpty();
    }

    public static TheoryData<string, string, string?> Spoiled => new()
    {
        { "code.clean", "mlflow.source.git.dirty", "true" }, { "code.clean", "mlflow.source.git.dirty", "" }, { "code.clean", "mlflow.source.git.dirty", null },
        { "code.commit", "mlflow.source.git.commit", "abc123" }, { "code.commit", "mlflow.source.git.commit", null }, { "code.repository", "mlflow.source.git.repoURL", null },
    };

    [Theory, MemberData(nameof(Spoiled))]
    public async Task A_blank_or_wrong_fact_is_a_gap_and_the_only_one(string item, string tag, string? value)
    {
        var server = await servers.On(Engine.Sqlite);
        var run = await server.Given.ACompleteRun(tags: new Dictionary<string, string?> { [tag] = value });
        var check = (await Given.Ok(server.Given.Api(HttpMethod.Get, $"runs/{run.Id}/capture?model=x"))).Json;
        check["gaps"]!.AsArray().Select(g => (string)g!["item"]!).ShouldBe([item]);
        ((bool)check["complete"]!).ShouldBeFalse();
    }

    [Theory, BothEngines]
    public async Task A_version_of_a_running_run_is_noted_and_settled_when_the_run_ends(Engine engine)
    {
        var server = await servers.On(engine);
        var model = Given.Name("early");
        await Given.Ok(server.Given.Post("registered-models/create", new() { ["name"] = model }));
        var whole = await server.Given.ACompleteRun(finish: false);
        var broken = await server.Given.ARun();
        foreach (var run in (LoggedRun[])[whole, broken])
            ((string?)(await Given.Ok(server.Given.Post("model-versions/create", new() { ["name"] = model, ["source"] = $"{run.ArtifactUri}/model", ["run_id"] = run.Id }))).Json["model_version"]!["status"]).ShouldBe("READY");
        foreach (var run in (LoggedRun[])[whole, broken])
            await Given.Ok(server.Given.End(run));
        (await State(server, model, 1)).ShouldBe(("READY", "candidate"));
        (await State(server, model, 2)).ShouldBe(("FAILED_REGISTRATION", "rejected"));
        var rejected = (await server.Given.Get($"model-versions/get?name={model}&version=2")).Json["model_version"]!;
        ((string)rejected["status_message"]!).ShouldContain("model.files");
    }

    [Theory, BothEngines]
    public async Task An_experiment_that_requires_complete_runs_lets_none_end_with_gaps(Engine engine)
    {
        var server = await servers.On(engine);
        var experiment = await server.Given.AnExperiment();
        await Given.Ok(server.Given.Post("experiments/set-experiment-tag", new() { ["experiment_id"] = experiment, ["key"] = "assay.require_complete", ["value"] = "fraud" }));
        var broken = await server.Given.ARun(experiment);
        (await server.Given.End(broken)).ShouldBeRefused(400, "incomplete-run", mend: "FAILED and KILLED are always accepted");
        ((string?)(await server.Given.Get($"runs/get?run_id={broken.Id}")).Json["run"]!["info"]!["status"]).ShouldBe("RUNNING");
        await Given.Ok(server.Given.End(broken, "FAILED"));
        await Given.Ok(server.Given.End(await server.Given.ACompleteRun(experiment, finish: false)));
    }

    [Theory, BothEngines]
    public async Task Finished_runs_of_a_feeding_experiment_become_candidates_or_listed_rejections(Engine engine)
    {
        var server = await servers.On(engine);
        var (name, model) = (Given.Name("auto"), Given.Name("automatic"));
        var yaml = $"apiVersion: assay/v1\nkind: CaptureProfile\nmetadata: {{name: {model}}}\nmatch: {{model: {model}}}\nfrom: {{experiment: {name}, model: {model}}}\nrequire:\n  - {{item: run.finished}}\n  - {{item: metrics, min: 1}}\n  - {{item: model.files}}\n";
        await Given.Ok(server.Given.Api(HttpMethod.Put, $"profiles/{model}", yaml: yaml));
        var experiment = await server.Given.AnExperiment(name);
        await server.Given.ACompleteRun(experiment);
        await Given.Ok(server.Given.End(await server.Given.ARun(experiment)));
        var versions = (await Given.Ok(server.Given.Api(HttpMethod.Get, $"models/{model}/versions"))).Json["versions"]!.AsArray();
        versions.Select(v => (string)v!["status"]!).ShouldBe(["rejected", "candidate"]);
    }

    [Theory]
    [InlineData("requires: []", "'require'")]
    [InlineData("require:\n  - {item: code.comit}", "code.comit")]
    [InlineData("require:\n  - {item: code.commit, minimum: 3}", "minimum")]
    [InlineData("require: [", "line 5")]
    public async Task A_malformed_profile_says_line_column_and_what_was_meant(string rest, string expected)
    {
        var server = await servers.On(Engine.Sqlite);
        var answer = await server.Given.Api(HttpMethod.Put, "profiles/p", yaml: $"apiVersion: assay/v1\nkind: CaptureProfile\nmetadata: {{name: p}}\n{rest}\n");
        answer.ShouldBeRefused(400, "malformed-document", mend: expected);
        answer.Text.ShouldContain("column");
    }

    static async Task<(string, string)> State(TestServer server, string model, int version)
    {
        var answer = (await Given.Ok(server.Given.Get($"model-versions/get?name={model}&version={version}"))).Json["model_version"]!;
        return ((string)answer["status"]!, (string)answer["tags"]!.AsArray().Single(t => (string)t!["key"]! == "assay.status")!["value"]!);
    }
}
