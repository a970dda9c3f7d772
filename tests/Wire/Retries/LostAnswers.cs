using System.Net;
using System.Text.Json.Nodes;
using Assay.Server.Identity;
using Assay.Server.Retries;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Retries;

/// <summary>The crash between the commit and the answer, on every call that changes something.</summary>
public sealed class LostAnswers(Servers servers)
{
    /// <summary>Calls by POST that only look, though not everybody may, and those that are not served; and the one after which local mode is over.</summary>
    static readonly string[] Harmless = ["/people/{id}", "/verification", "/v1/traces", "/access/{name}"];

    [Theory, BothEngines]
    public async Task Every_call_that_changes_something_answers_a_retry_as_it_did_and_does_nothing_twice(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        using var twice = new SentTwice(server);
        using var client = new HttpClient(twice) { BaseAddress = new(server.Url) };
        var given = new Given(client);
        await Training(given);
        await Registering(given);
        await Judging(given);
        await Watching(given);
        await Importing(given);
        await Erasing(given);

        var untried = from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                      let methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
                      let path = endpoint.RoutePattern.RawText!
                      where methods.Any(m => m is not ("GET" or "HEAD" or "OPTIONS")) && !path.StartsWith("/ajax-api", StringComparison.Ordinal) && endpoint.Metadata.GetMetadata<Allowed>()?.Permission is not (Permission.Read or Permission.Known)
                      where endpoint.Metadata.GetMetadata<SecretAnswer>() is null && !Harmless.Any(h => path.Contains(h, StringComparison.Ordinal)) && !twice.Calls.Exists(c => Fits(endpoint, c[(c.IndexOf(' ') + 1)..]))
                      select $"{string.Join(',', methods)} {path}";
        untried.Distinct().ShouldBeEmpty();
        ((bool)(await Given.Ok(server.Given.Api(HttpMethod.Post, "ledger/verification"))).Json["ok"]!).ShouldBeTrue();
    }

    /// <summary>The newest entry that has a text beside it loses it.</summary>
    static async Task Erasing(Given given)
    {
        var told = (await Given.Ok(given.Api(HttpMethod.Get, "ledger/newest?limit=500"))).Json["entries"]!.AsArray().First(e => e!["texts"] is not null)!;
        await Given.Ok(given.Api(HttpMethod.Post, "ledger/erasures", new JsonObject { ["entry"] = (string)told["entry"]!["id"]!, ["reason"] = "asked for" }));
    }

    static bool Fits(RouteEndpoint endpoint, string path) =>
        new Microsoft.AspNetCore.Routing.Template.TemplateMatcher(new(endpoint.RoutePattern), []).TryMatch(path, []);

    static async Task Training(Given given)
    {
        var experiment = await given.AnExperiment();
        foreach (var (route, body) in new (string, JsonObject)[]
        {
            ("set-experiment-tag", new() { ["key"] = "k", ["value"] = "v" }), ("delete-experiment-tag", new() { ["key"] = "k" }),
            ("update", new() { ["new_name"] = Given.Name("renamed") }), ("delete", []), ("restore", []),
        })
        {
            body["experiment_id"] = experiment;
            await Given.Ok(given.Post($"experiments/{route}", body));
        }
        var run = await given.ACompleteRun(experiment, finish: false);
        foreach (var (route, body) in new (string, JsonObject)[]
        {
            ("log-metric", new() { ["key"] = "loss", ["value"] = 0.5, ["timestamp"] = 1, ["step"] = 1 }), ("log-parameter", new() { ["key"] = "depth", ["value"] = "3" }),
            ("set-tag", new() { ["key"] = "k", ["value"] = "v" }), ("delete-tag", new() { ["key"] = "k" }), ("delete", []), ("restore", []),
            ("log-model", new() { ["model_json"] = """{"artifact_path":"other","run_id":"x","flavors":{},"utc_time_created":"2024-01-01 00:00:00"}""" }),
        })
        {
            body["run_id"] = run.Id;
            await Given.Ok(given.Post($"runs/{route}", body));
        }
        var model = (string)(await Given.Ok(given.Post("logged-models", new() { ["experiment_id"] = experiment, ["name"] = "m", ["source_run_id"] = run.Id }))).Json["model"]!["info"]!["model_id"]!;
        await Given.Ok(given.Post($"logged-models/{model}/params", new() { ["params"] = new JsonArray(Given.Pair("a", "b")) }));
        await Given.Ok(given.Mlflow(HttpMethod.Patch, $"logged-models/{model}/tags", new() { ["tags"] = new JsonArray(Given.Pair("a", "b")) }));
        await Given.Ok(given.Mlflow(HttpMethod.Delete, $"logged-models/{model}/tags/a"));
        await Given.Ok(given.Mlflow(HttpMethod.Patch, $"logged-models/{model}", new() { ["model_id"] = model, ["status"] = "LOGGED_MODEL_READY" }));
        await Given.Ok(given.Post("runs/outputs", new() { ["run_id"] = run.Id, ["models"] = new JsonArray(new JsonObject { ["model_id"] = model, ["step"] = 0 }) }));
        await Given.Ok(given.Upload(run, "notes.txt", "x"));
        using var delete = new HttpRequestMessage(HttpMethod.Delete, $"/api/2.0/mlflow-artifacts/artifacts/{run.Root}/notes.txt");
        await Given.Ok(given.Send(delete));
        await InParts(given, run);
        await Given.Ok(given.Mlflow(HttpMethod.Delete, $"logged-models/{model}"));
        await Given.Ok(given.End(run));
    }

    static async Task InParts(Given given, LoggedRun run)
    {
        Task<Answer> Step(string step, JsonObject body) => given.Send(new(HttpMethod.Post, $"/api/2.0/mlflow-artifacts/mpu/{step}/{run.Root}") { Content = System.Net.Http.Json.JsonContent.Create(body) });
        var begun = (await Given.Ok(Step("create", new() { ["path"] = "large.bin", ["num_parts"] = 1 }))).Json;
        await Given.Ok(given.Send(new(HttpMethod.Put, (string)begun["credentials"]![0]!["url"]!) { Content = new StringContent("abc") }));
        await Given.Ok(Step("complete", new()
        {
            ["path"] = "large.bin",
            ["upload_id"] = (string)begun["upload_id"]!,
            ["parts"] = new JsonArray(new JsonObject { ["part_number"] = 1, ["etag"] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" }),
        }));
        var other = (await Given.Ok(Step("create", new() { ["path"] = "other.bin", ["num_parts"] = 2 }))).Json;
        await Given.Ok(Step("abort", new() { ["path"] = "other.bin", ["upload_id"] = (string)other["upload_id"]! }));
    }

    static async Task Registering(Given given)
    {
        var name = Given.Name("registered");
        await Given.Ok(given.Post("registered-models/create", new() { ["name"] = name, ["tags"] = new JsonArray(Given.Pair("a", "b")) }));
        await Given.Ok(given.Post("registered-models/set-tag", new() { ["name"] = name, ["key"] = "k", ["value"] = "v" }));
        await Given.Ok(given.Mlflow(HttpMethod.Delete, "registered-models/delete-tag", new() { ["name"] = name, ["key"] = "k" }));
        await Given.Ok(given.Mlflow(HttpMethod.Patch, "registered-models/update", new() { ["name"] = name, ["description"] = "said" }));
        var renamed = Given.Name("renamed");
        await Given.Ok(given.Post("registered-models/rename", new() { ["name"] = name, ["new_name"] = renamed }));
        var run = await given.ACompleteRun();
        var version = (string)(await Given.Ok(given.Post("model-versions/create", new() { ["name"] = renamed, ["source"] = run.ArtifactUri + "/model", ["run_id"] = run.Id }))).Json["model_version"]!["version"]!;
        version.ShouldBe("1", "a retry makes no second version");
        await Given.Ok(given.Post("model-versions/set-tag", new() { ["name"] = renamed, ["version"] = version, ["key"] = "k", ["value"] = "v" }));
        await Given.Ok(given.Mlflow(HttpMethod.Delete, "model-versions/delete-tag", new() { ["name"] = renamed, ["version"] = version, ["key"] = "k" }));
        await Given.Ok(given.Mlflow(HttpMethod.Patch, "model-versions/update", new() { ["name"] = renamed, ["version"] = version, ["description"] = "said" }));
        await Given.Ok(given.Post("model-versions/transition-stage", new() { ["name"] = renamed, ["version"] = version, ["stage"] = "Staging", ["archive_existing_versions"] = false }));
        await Given.Ok(given.Post("registered-models/alias", new() { ["name"] = renamed, ["alias"] = "candidate", ["version"] = version }));
        await Given.Ok(given.Mlflow(HttpMethod.Delete, "registered-models/alias", new() { ["name"] = renamed, ["alias"] = "candidate" }));
        var other = await given.ACompleteRun(weights: "others");
        var second = (string)(await Given.Ok(given.Post("model-versions/create", new() { ["name"] = renamed, ["source"] = other.ArtifactUri + "/model", ["run_id"] = other.Id }))).Json["model_version"]!["version"]!;
        second.ShouldBe("2");
        await Given.Ok(given.Mlflow(HttpMethod.Delete, "model-versions/delete", new() { ["name"] = renamed, ["version"] = second }));
        await Given.Ok(given.Mlflow(HttpMethod.Delete, "registered-models/delete", new() { ["name"] = renamed }));
    }

    static async Task Judging(Given given)
    {
        var model = Given.Name("judged");
        await Given.Ok(given.Api(HttpMethod.Put, $"profiles/{model}", yaml: $"apiVersion: assay/v1\nkind: CaptureProfile\nmetadata: {{name: {model}}}\nmatch: {{model: {model}}}\nrequire:\n  - {{item: run.finished}}\n"));
        var (first, second) = (await given.AChampion(model), await given.AChampion(model));
        first.Number.ShouldNotBe(second.Number);
        await Given.Ok(given.RollBack(model), HttpStatusCode.Created);
        (await given.Slot(model))["history"]!.AsArray().Count.ShouldBe(3, "each promotion once");
        await given.APolicy(model, approvals: "[{count: 1, role: model-risk}]");
        var third = await given.AMeasured(model);
        await Given.Ok(given.Attach(third, Builders.Judging.Heldout(0.9, 0.88, 0.92)), HttpStatusCode.Created);
        await Given.Ok(given.Gate(third));
        var request = (string)(await Given.Ok(given.Promote(third), HttpStatusCode.Created)).Json["id"]!;
        await Given.Ok(given.Api(HttpMethod.Post, $"promotions/{request}/withdrawal", new JsonObject { ["reason"] = "not yet" }));
        request = (string)(await Given.Ok(given.Promote(third), HttpStatusCode.Created)).Json["id"]!;
        await Given.Ok(given.Api(HttpMethod.Post, $"promotions/{request}/rejections", new JsonObject { ["reason"] = "not yet" }, actor: "ann:approver:model-risk"));
        request = (string)(await Given.Ok(given.Promote(third), HttpStatusCode.Created)).Json["id"]!;
        await Given.Ok(given.Api(HttpMethod.Post, $"promotions/{request}/approvals", new JsonObject { ["comment"] = "go" }, actor: "ann:approver:model-risk"));
        var fourth = await given.AMeasured(model);
        await Given.Ok(given.Attach(fourth, Builders.Judging.Heldout(0.9, 0.88, 0.92)), HttpStatusCode.Created);
        await Given.Ok(given.Api(HttpMethod.Post, "promotions/rejections", new JsonObject { ["model"] = model, ["digest"] = fourth.Digest, ["environment"] = "production", ["reason"] = "no" }, actor: "ann:approver:model-risk"));
        (await given.Slot(model))["history"]!.AsArray().Count.ShouldBe(4);
    }

    static async Task Watching(Given given)
    {
        var environment = Given.Name("site");
        await Given.Ok(given.Api(HttpMethod.Put, $"environments/{environment}", yaml: $"apiVersion: assay/v1\nkind: Environment\nmetadata: {{name: {environment}}}\n"));
        var version = await given.ACandidate();
        await Given.Ok(given.Api(HttpMethod.Post, "deployments", new JsonObject { ["environment"] = environment, ["model"] = version.Model, ["slot"] = "primary", ["digest"] = version.Digest, ["status"] = "deployed" }), HttpStatusCode.Created);
        await Given.Ok(given.Api(HttpMethod.Post, "observations", new JsonObject
        {
            ["source"] = "agent/eu-1",
            ["environment"] = environment,
            ["epoch"] = "01JABCDEFGHJKMNPQRSTVWXYZ0",
            ["seq"] = 1,
            ["at"] = TimeProvider.System.GetUtcNow().ToString("O"),
            ["complete"] = true,
            ["slots"] = new JsonArray(new JsonObject { ["model"] = version.Model, ["slot"] = "primary", ["instances"] = new JsonArray(new JsonObject { ["digest"] = version.Digest, ["level"] = 3, ["share"] = 1, ["ready"] = 1, ["wanted"] = 1 }) }),
        }));
    }

    static async Task Importing(Given given)
    {
        const string Origin = "http://mlflow.example/";
        var (experiment, run, logged, model) = (await given.AnExperiment(), Guid.NewGuid().ToString("N"), "m-" + Guid.NewGuid().ToString("N"), Given.Name("imported"));
        await Given.Ok(given.Api(HttpMethod.Put, $"imports/runs/{run}", new JsonObject { ["origin"] = Origin, ["experiment_id"] = experiment, ["run_name"] = "old", ["start_time"] = 1, ["tags"] = new JsonArray() }));
        await Given.Ok(given.Api(HttpMethod.Post, $"imports/runs/{run}/completion", new JsonObject { ["status"] = "FINISHED", ["end_time"] = 2 }), HttpStatusCode.NoContent);
        await Given.Ok(given.Api(HttpMethod.Put, $"imports/logged-models/{logged}", new JsonObject { ["origin"] = Origin, ["experiment_id"] = experiment, ["name"] = "m", ["creation_timestamp_ms"] = 1 }));
        await Given.Ok(given.Api(HttpMethod.Post, $"imports/logged-models/{logged}/completion", new JsonObject { ["status"] = "LOGGED_MODEL_READY" }), HttpStatusCode.NoContent);
        await Given.Ok(given.Api(HttpMethod.Put, $"imports/models/{model}/versions/7", new JsonObject { ["origin"] = Origin, ["source"] = $"runs:/{run}/model", ["run_id"] = run, ["creation_timestamp"] = 1 }));
    }
}
