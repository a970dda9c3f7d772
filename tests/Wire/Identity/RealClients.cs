using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Identity;

/// <summary>What the Python clients 2.17.2 and 3.3.2 sent to a locked server, and was not answered as it should be before.</summary>
public sealed class RealClients(Servers servers)
{
    static readonly string Policy = LockedServers.Policy.Replace("  - {group: viewers, may: [{role: viewer}]}", """
          - {group: viewers, may: [{role: viewer}]}
          - {group: model-readers, may: [{role: viewer, models: ["fraud*"]}]}
          - {group: fraud-team, may: [{role: trainer, experiments: ["fraud*"]}]}
        """, StringComparison.Ordinal);

    [Theory, BothEngines]
    public async Task Whoever_may_read_a_model_loads_a_version_whose_files_a_3x_client_logged_as_a_model(Engine engine)
    {
        await using var server = await servers.Locked(engine, Policy);
        var (owner, reader, stranger) = (await server.As("olga", "trainers", "submitters"), await server.As("mia", "model-readers"), await server.As("nora"));
        var name = Given.Name("fraud");
        var experiment = await owner.AnExperiment(Given.Name("runs"));
        var run = await owner.ACompleteRun(experiment, finish: false);
        // log_model of 3.x: the model of a run lies beside it, not below.
        var made = (await Given.Ok(owner.Post("logged-models", new() { ["experiment_id"] = experiment, ["name"] = "model", ["source_run_id"] = run.Id }))).Json["model"]!["info"]!;
        var (id, folder) = ((string)made["model_id"]!, new LoggedRun(run.Id, (string)made["artifact_uri"]!));
        await owner.AModelFolder(new(run.Id, folder.ArtifactUri[..^"/artifacts".Length]), "3x", "artifacts");
        await Given.Ok(owner.Mlflow(HttpMethod.Patch, $"logged-models/{id}", new() { ["model_id"] = id, ["status"] = "LOGGED_MODEL_READY" }));
        await Given.Ok(owner.Post("runs/outputs", new() { ["run_id"] = run.Id, ["models"] = new JsonArray(new JsonObject { ["model_id"] = id, ["step"] = 0 }) }));
        await Given.Ok(owner.End(run));
        var listing = $"/api/2.0/mlflow-artifacts/artifacts?path={Uri.EscapeDataString(folder.Root)}";
        (await reader.Send(new(HttpMethod.Get, listing))).Status.ShouldBe(HttpStatusCode.Forbidden, "it is nobody's version yet");
        await Given.Ok(owner.Post("registered-models/create", new() { ["name"] = name }));
        await Given.Ok(owner.Post("model-versions/create", new() { ["name"] = name, ["source"] = $"models:/{id}", ["model_id"] = id }));

        // load_model("models:/NAME/1"): where, what is there, each file.
        var where = await Given.Ok(reader.Get($"model-versions/get-download-uri?name={name}&version=1"));
        ((string)where.Json["artifact_uri"]!).ShouldContain(folder.Root);
        (await Given.Ok(reader.Send(new(HttpMethod.Get, listing)))).Text.ShouldContain("MLmodel");
        await Given.Ok(reader.Send(new(HttpMethod.Get, $"/api/2.0/mlflow-artifacts/artifacts/{folder.Root}/MLmodel")));
        await Given.Ok(reader.Get($"logged-models/{id}"));
        foreach (var refused in new[] { await stranger.Send(new(HttpMethod.Get, listing)), await stranger.Get($"logged-models/{id}"), await reader.Post("runs/log-parameter", new() { ["run_id"] = run.Id, ["key"] = "a", ["value"] = "1" }) })
            refused.Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory, BothEngines]
    public async Task A_refusal_names_nothing_that_the_caller_may_not_see(Engine engine)
    {
        await using var server = await servers.Locked(engine, Policy);
        var owner = await server.As("olga", "trainers", "submitters");
        var (secret, hidden) = (Given.Name("secret"), Given.Name("hidden"));
        var experiment = await owner.AnExperiment(secret);
        var run = await owner.ACompleteRun(experiment);
        var version = await Given.Ok(owner.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = run.Id, ["model"] = hidden }), HttpStatusCode.Created);
        var digest = (string)version.Json["digest"]!;
        // Ids of experiments are numbers: whoever counts them must not learn what everything is called.
        foreach (var caller in new[] { await server.As("nora"), await server.As("tess", "fraud-team") })
            foreach (var (method, path, body) in new (HttpMethod, string, JsonObject?)[]
            {
                (HttpMethod.Get, $"/api/2.0/mlflow/experiments/get?experiment_id={experiment}", null),
                (HttpMethod.Get, $"/api/2.0/mlflow/runs/get?run_uuid={run.Id}&run_id={run.Id}", null),
                (HttpMethod.Get, $"/api/2.0/mlflow/artifacts/list?run_id={run.Id}", null),
                (HttpMethod.Get, $"/api/2.0/mlflow-artifacts/artifacts?path={Uri.EscapeDataString(run.Root)}", null),
                (HttpMethod.Get, $"/api/2.0/mlflow-artifacts/artifacts/{run.Root}/model/MLmodel", null),
                (HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/{run.Root}/model/MLmodel", new()),
                (HttpMethod.Post, "/api/2.0/mlflow/runs/create", new() { ["experiment_id"] = experiment, ["start_time"] = 1, ["tags"] = new JsonArray() }),
                (HttpMethod.Post, "/api/2.0/mlflow/runs/log-batch", new() { ["run_id"] = run.Id, ["params"] = new JsonArray(Given.Pair("a", "1")), ["metrics"] = new JsonArray(), ["tags"] = new JsonArray() }),
                (HttpMethod.Get, $"/api/assay/v1/versions/{digest}", null),
                (HttpMethod.Get, $"/experiments/{experiment}", null),
            })
            {
                using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
                var answer = await caller.Send(request);
                answer.Status.ShouldBe(HttpStatusCode.Forbidden, path);
                answer.Text.ShouldNotContain(secret, customMessage: path);
                answer.Text.ShouldNotContain(hidden, customMessage: path);
            }
        // Whoever sees it is told what it is called, and the ledger knows everything.
        (await (await server.As("vic", "viewers")).Post("runs/delete", new() { ["run_id"] = run.Id })).Text.ShouldContain(secret);
        await Until.True(async () => (await server.Ledger("access.refused")).Contains(secret, StringComparison.Ordinal), "the refusal stands in the ledger");
    }

    [Fact]
    public async Task Whoever_lacks_a_role_where_people_may_push_is_told_of_the_role_and_not_of_CI()
    {
        await using var server = await servers.Locked(Engine.Sqlite, Policy);
        var run = await (await server.As("olga", "trainers")).ACompleteRun();
        var refused = await (await server.As("vic", "viewers")).Post("model-versions/create", new() { ["name"] = "fraud", ["source"] = $"runs:/{run.Id}/model", ["run_id"] = run.Id, ["tags"] = new JsonArray() });
        refused.ShouldBeRefused(403, "not-allowed", "It takes the role submitter for it");
        refused.Text.ShouldNotContain("workload rule");
    }

    [Fact]
    public async Task What_is_wrong_with_a_token_is_said_to_whoever_holds_it()
    {
        await using var server = await servers.Locked(Engine.Sqlite, Policy);
        var token = await server.TokenOf("vic", ["viewers"]);
        var ended = await server.TokenOf("vic", ["viewers"], lifetime: TimeSpan.FromSeconds(-1));
        static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        foreach (var (header, said) in new[]
        {
            ($"Bearer {ended}", "The token 'test' ended at "),
            ($"Bearer {token[..^3]}", "mistyped or cut off"),
            ("Bearer dapi0123456789", "people's begin with assay_pat_"),
            ($"Bearer \"{token}\"", "quotation mark"),
            (Basic("vic", "hunter2"), "Passwords are not taken"),
            (Basic(token, ""), "Set MLFLOW_TRACKING_PASSWORD to it"),
            ("Digest x", "can not be read"),
        })
        {
            var answer = await Search(server, header);
            answer.ShouldBeRefused(401, "bad-credential", said);
            ((string?)answer.Json["error_code"]).ShouldBe("UNAUTHENTICATED");
            answer.Text.ShouldNotContain(token);
        }
        (await Search(server, null)).ShouldBeRefused(401, "no-credential", "MLFLOW_TRACKING_TOKEN");
        (await Search(server, Basic("whoever", token))).Status.ShouldBe(HttpStatusCode.OK);
        var id = (string)(await server.With(token).Api(HttpMethod.Get, "whoami")).Json["credential"]!;
        await Given.Ok(server.With(token).Api(HttpMethod.Delete, $"tokens/{id["token:".Length..]}"), HttpStatusCode.NoContent);
        (await Search(server, $"Bearer {token}")).ShouldBeRefused(401, "bad-credential", "The token 'test' was revoked at ");
    }

    [Fact]
    public async Task A_credential_of_a_job_says_when_its_rule_was_changed()
    {
        await using var ci = await CiProvider.Start();
        await using var server = await servers.Locked(Engine.Sqlite, new AccessText(ci.Issuer));
        var job = await server.Job(ci, "log:fraud");
        await job.AnExperiment("fraud");
        await server.Apply(new AccessText(ci.Issuer) { TrainingClaims = ["ref_protected: 'true'", "runner_environment: github-hosted"] });
        (await job.Post("experiments/search", new() { ["max_results"] = 1000 })).ShouldBeRefused(401, "bad-credential", "The workload rule 'training' was changed");
    }

    /// <summary>As both clients ask: the whole page, active ones.</summary>
    static async Task<Answer> Search(TestServer server, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/2.0/mlflow/experiments/search") { Content = new StringContent("""{"max_results": 1000, "view_type": "ACTIVE_ONLY"}""", Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("mlflow-python-client", "3.3.2"));
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await server.Given.Send(request);
    }
}
