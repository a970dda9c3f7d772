using System.Net;
using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Identity;

/// <summary>The ways around permissions that MLflow's server had, each tried by somebody who may log to one team's experiments only.</summary>
public sealed class Holes(Servers servers)
{
    const string Policy = LockedServers.Policy;

    static readonly string WithTeam = Policy.Replace("  - {group: viewers, may: [{role: viewer}]}",
        "  - {group: viewers, may: [{role: viewer}]}\n  - {group: fraud-team, may: [{role: trainer, experiments: [\"fraud*\"]}, {role: submitter, models: [\"fraud*\"]}]}", StringComparison.Ordinal);

    [Theory, BothEngines]
    public async Task Nothing_of_another_teams_runs_can_be_seen_or_changed(Engine engine)
    {
        await using var server = await servers.Locked(engine, WithTeam);
        var owner = await server.As("olga", "trainers", "submitters");
        var stranger = await server.As("stan", "fraud-team");
        var experiment = await owner.AnExperiment(Given.Name("secret"));
        var run = await owner.ACompleteRun(experiment);
        var logged = (string)(await Given.Ok(owner.Mlflow(HttpMethod.Post, "logged-models", new() { ["experiment_id"] = experiment, ["name"] = "m", ["source_run_id"] = run.Id }))).Json["model"]!["info"]!["model_id"]!;
        var own = await stranger.AnExperiment(Given.Name("fraud"));
        var mine = await stranger.ARun(own);
        var file = $"{run.Root}/model/MLmodel";
        JsonObject Of(params (string Key, JsonNode? Value)[] more) => new(new Dictionary<string, JsonNode?>(more.ToDictionary(m => m.Key, m => m.Value)) { ["run_id"] = run.Id });
        foreach (var (method, path, body) in new (HttpMethod, string, JsonObject?)[]
        {
            // What its permissions forgot, and the second prefix for everything.
            (HttpMethod.Post, "2.0/mlflow/runs/log-inputs", Of(("datasets", new JsonArray(new JsonObject { ["dataset"] = new JsonObject { ["name"] = "d", ["digest"] = "1", ["source_type"] = "local", ["source"] = "x" } })))),
            (HttpMethod.Post, "2.0/mlflow/runs/outputs", Of(("models", new JsonArray(new JsonObject { ["model_id"] = logged, ["step"] = 0 })))),
            (HttpMethod.Post, $"2.0/mlflow-artifacts/mpu/create/{run.Root}/model", new() { ["path"] = "big.bin", ["num_parts"] = 2 }),
            (HttpMethod.Post, $"2.0/mlflow-artifacts/mpu/abort/{run.Root}/model", new() { ["path"] = "big.bin", ["upload_id"] = "x" }),
            (HttpMethod.Get, $"2.0/mlflow-artifacts/artifacts?path={run.Root}", null),
            (HttpMethod.Get, $"2.0/mlflow-artifacts/artifacts?path={experiment}", null),
            (HttpMethod.Get, "2.0/mlflow-artifacts/artifacts", null),
            (HttpMethod.Get, $"2.0/mlflow-artifacts/artifacts/{file}", null),
            (HttpMethod.Put, $"2.0/mlflow-artifacts/artifacts/{file}", new()),
            (HttpMethod.Delete, $"2.0/mlflow-artifacts/artifacts/{file}", null),
            (HttpMethod.Get, $"2.0/mlflow/artifacts/list?run_id={run.Id}", null),
            (HttpMethod.Get, $"2.0/mlflow/runs/get?run_id={run.Id}", null),
            (HttpMethod.Get, $"2.0/mlflow/metrics/get-history?run_id={run.Id}&metric_key=auc", null),
            (HttpMethod.Get, $"2.0/mlflow/metrics/get-history-bulk-interval?run_ids={mine.Id}&run_ids={run.Id}&metric_key=auc", null),
            (HttpMethod.Post, "2.0/mlflow/runs/log-metric", Of(("key", "auc"), ("value", 1), ("timestamp", 1))),
            (HttpMethod.Post, "2.0/mlflow/runs/log-batch", new() { ["run_id"] = mine.Id, ["metrics"] = new JsonArray(new JsonObject { ["key"] = "auc", ["value"] = 1, ["timestamp"] = 1, ["model_id"] = logged }) }),
            (HttpMethod.Post, "2.0/mlflow/runs/create", new() { ["experiment_id"] = experiment }),
            (HttpMethod.Post, "2.0/mlflow/runs/update", Of(("status", "FAILED"))),
            (HttpMethod.Post, "2.0/mlflow/runs/delete", Of()),
            (HttpMethod.Get, $"2.0/mlflow/experiments/get?experiment_id={experiment}", null),
            (HttpMethod.Post, "2.0/mlflow/experiments/update", new() { ["experiment_id"] = experiment, ["new_name"] = "fraud-mine" }),
            (HttpMethod.Post, "2.0/mlflow/experiments/update", new() { ["experiment_id"] = own, ["new_name"] = "secret-too" }),
            (HttpMethod.Post, "2.0/mlflow/experiments/create", new() { ["name"] = Given.Name("secret") }),
            (HttpMethod.Get, $"2.0/mlflow/logged-models/{logged}", null),
            (HttpMethod.Delete, $"2.0/mlflow/logged-models/{logged}", null),
            (HttpMethod.Patch, $"2.0/mlflow/logged-models/{logged}/tags", new() { ["tags"] = new JsonArray(Given.Pair("k", "v")) }),
            (HttpMethod.Post, "2.0/mlflow/model-versions/create", new() { ["name"] = "fraud", ["source"] = $"runs:/{run.Id}/model", ["run_id"] = run.Id }),
        })
            foreach (var prefix in (string[])["api", "ajax-api"])
            {
                using var request = new HttpRequestMessage(method, $"/{prefix}/{path}") { Content = body is null ? null : new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json") };
                var answer = await stranger.Send(request);
                answer.Status.ShouldBe(HttpStatusCode.Forbidden, $"{method} {prefix}/{path}: {answer.Text}");
                ((string?)answer.Json["error_code"]).ShouldBe("PERMISSION_DENIED");
            }
        foreach (var path in (string[])[$"/get-artifact?run_id={run.Id}&path=model/MLmodel", $"/get-artifact?run_uuid={run.Id}&path=model/MLmodel", $"/ajax-api/2.0/mlflow/metrics/get-history-bulk?run_id={run.Id}&metric_key=auc",
            $"/runs/{run.Id}", $"/api/assay/v1/runs/{run.Id}/capture?model=fraud", $"/experiments/{experiment}", $"/ajax-api/2.0/mlflow/logged-models/{logged}/artifacts/files?artifact_file_path=MLmodel"])
            (await stranger.Send(new(HttpMethod.Get, path))).Status.ShouldBe(HttpStatusCode.Forbidden, path);
        (await stranger.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = run.Id, ["model"] = "fraud" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        // Nothing of all this changed anything.
        var still = (await Given.Ok(owner.Get($"runs/get?run_id={run.Id}"))).Json["run"]!;
        ((string?)still["info"]!["status"]).ShouldBe("FINISHED");
        ((JsonArray)still["inputs"]!["dataset_inputs"]!).Count.ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task Searches_and_lists_leave_out_what_is_not_seen(Engine engine)
    {
        await using var server = await servers.Locked(engine, WithTeam);
        var owner = await server.As("olga", "trainers", "submitters", "operators");
        var stranger = await server.As("stan", "fraud-team");
        var (hidden, shown) = (await owner.AnExperiment(Given.Name("secret")), await owner.AnExperiment(Given.Name("fraud")));
        var (secret, fraud) = (Given.Name("secret"), Given.Name("fraud"));
        foreach (var (experiment, model) in new[] { (hidden, secret), (shown, fraud) })
        {
            var run = await owner.ACompleteRun(experiment, weights: model);
            await Given.Ok(owner.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = run.Id, ["model"] = model }), HttpStatusCode.Created);
            await Given.Ok(owner.Api(HttpMethod.Put, $"profiles/{model}", yaml: $"apiVersion: assay/v1\nkind: CaptureProfile\nmetadata: {{name: {model}}}\nmatch: {{model: {model}}}\nrequire:\n  - {{item: run.finished}}\n"));
        }
        var ids = new JsonArray(hidden, shown);
        (await Listed(stranger, HttpMethod.Post, "experiments/search", new() { ["max_results"] = 100 }, "experiments")).ShouldBe([shown], ignoreOrder: true);
        (await Count(stranger, HttpMethod.Post, "runs/search", new() { ["experiment_ids"] = ids.DeepClone() }, "runs")).ShouldBe(1);
        (await Count(stranger, HttpMethod.Post, "runs/search", new() { ["experiment_ids"] = new JsonArray(hidden) }, "runs")).ShouldBe(0);
        (await Count(stranger, HttpMethod.Post, "logged-models/search", new() { ["experiment_ids"] = ids.DeepClone() }, "models")).ShouldBe(0);
        (await Count(stranger, HttpMethod.Get, "registered-models/search", null, "registered_models")).ShouldBe(1);
        (await Count(stranger, HttpMethod.Get, "model-versions/search", null, "model_versions")).ShouldBe(1);
        (await Given.Ok(stranger.Api(HttpMethod.Get, "models"))).Text.ShouldNotContain(secret);
        (await stranger.Get($"registered-models/get?name={secret}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var page in (string[])["/", "/models", "/experiments", "/environments", "/search?q=secret"])
        {
            var answer = await stranger.Send(new(HttpMethod.Get, page));
            answer.Status.ShouldBe(HttpStatusCode.OK, page);
            answer.Text.ShouldNotContain(secret, customMessage: page);
        }
        foreach (var page in (string[])["/ledger", $"/models/{secret}", "/api/assay/v1/ledger/entries"])
            (await stranger.Send(new(HttpMethod.Get, page))).Status.ShouldBe(HttpStatusCode.Forbidden, page);
        // Bytes are found by their digest only through a version that is seen.
        var files = (await Given.Ok(owner.Api(HttpMethod.Get, $"models/{secret}/versions/1"))).Json["files"]!.AsArray();
        var weights = (string)files.First(f => (string)f!["path"]! == "model.pkl")!["digest"]!;
        (await stranger.Api(HttpMethod.Get, $"artifacts/{weights}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await owner.Api(HttpMethod.Get, $"artifacts/{weights}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, BothEngines]
    public async Task What_is_taken_out_of_the_policy_is_taken_away_at_once(Engine engine)
    {
        await using var server = await servers.Locked(engine, WithTeam);
        var somebody = await server.As("stan", "fraud-team");
        var experiment = await somebody.AnExperiment(Given.Name("fraud"));
        await server.Apply(Policy);
        (await somebody.Get($"experiments/get?experiment_id={experiment}")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    static async Task<List<string>> Listed(Given given, HttpMethod method, string route, JsonObject? body, string name) =>
        [.. ((await Given.Ok(given.Mlflow(method, route, body))).Json[name]?.AsArray() ?? []).Select(e => (string)e!["experiment_id"]!)];

    static async Task<int> Count(Given given, HttpMethod method, string route, JsonObject? body, string name) => ((await Given.Ok(given.Mlflow(method, route, body))).Json[name]?.AsArray() ?? []).Count;
}
