using Assay.Contracts;
using Assay.Server.Storage;
using Assay.Server.Tracking;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Mlflow;

public sealed class SealedRuns(Servers servers)
{
    static readonly SealFact Seal = new("fraud", 3, Digest.Of("version"), Digest.Of("seal"));

    [Theory, BothEngines]
    public async Task A_sealed_run_refuses_every_write_and_says_what_to_do(Engine engine)
    {
        var server = await servers.On(engine);
        var (run, model, experiment) = await ASealedRun(server);
        foreach (var reply in new[]
        {
            await server.LogMetric(run, "m", 2), await server.LogMetric(run, "new", 1),
            await server.Post("/runs/log-parameter", new { run_id = run, key = "new", value = "v" }),
            await server.Post("/runs/set-tag", new { run_id = run, key = "k", value = "other" }),
            await server.Post("/runs/set-tag", new { run_id = run, key = "mlflow.runName", value = "other" }),
            await server.Post("/runs/delete-tag", new { run_id = run, key = "k" }),
            await server.Post("/runs/update", new { run_id = run, status = "FAILED" }),
            await server.Post("/runs/update", new { run_id = run, run_name = "other" }),
            await server.Post("/runs/update", new { run_id = run, end_time = 6 }),
            await server.Post("/runs/delete", new { run_id = run }),
            await server.Post("/runs/log-batch", new { run_id = run, @params = new[] { MlflowWire.Pair("p", "v") }, tags = new[] { MlflowWire.Pair("k", "other") } }),
            await server.Post("/runs/log-inputs", new { run_id = run, datasets = new[] { Input("other") } }),
            await server.Post("/runs/outputs", new { run_id = run, models = new[] { new { model_id = "m-other", step = 0 } } }),
            await server.Post("/runs/log-model", new { run_id = run, model_json = """{"artifact_path":"b","flavors":{},"utc_time_created":"","run_id":""}""" }),
            await server.Post("/logged-models", new { experiment_id = experiment, source_run_id = run }),
        })
            reply.ShouldBeRefused(409, "RESOURCE_CONFLICT", "fraud/3", Seal.Version.Short, "Log to a new run");
        foreach (var reply in new[]
        {
            await server.Patch($"/logged-models/{model}", new { status = "LOGGED_MODEL_UPLOAD_FAILED" }),
            await server.Patch($"/logged-models/{model}/tags", new { tags = new[] { MlflowWire.Pair("a", "other") } }),
            await server.Delete($"/logged-models/{model}/tags/a"),
            await server.Post($"/logged-models/{model}/params", new { @params = new[] { MlflowWire.Pair("new", "v") } }),
            await server.Delete($"/logged-models/{model}"),
        })
            reply.ShouldBeRefused(409, "RESOURCE_CONFLICT", "fraud/3");
        (await server.Post("/experiments/delete", new { experiment_id = experiment })).ShouldBeRefused(409, "RESOURCE_CONFLICT", run);
    }

    [Theory, BothEngines]
    public async Task A_sealed_run_takes_identical_repetitions_and_notes(Engine engine)
    {
        var server = await servers.On(engine);
        var (run, model, _) = await ASealedRun(server);
        var before = await server.Run(run);
        foreach (var reply in new[]
        {
            await server.LogMetric(run, "m", 1), await server.Post("/runs/log-parameter", new { run_id = run, key = "p", value = "v" }),
            await server.Post("/runs/set-tag", new { run_id = run, key = "k", value = "v" }),
            await server.Post("/runs/update", new { run_id = run, status = "FINISHED", end_time = 5 }), await server.Post("/runs/update", new { run_id = run }),
            await server.Post("/runs/log-batch", new { run_id = run, metrics = new[] { new { key = "m", value = 1, timestamp = 1 } }, @params = new[] { MlflowWire.Pair("p", "v") } }),
            await server.Post("/runs/log-inputs", new { run_id = run, datasets = new[] { Input("n") } }),
            await server.Post("/runs/outputs", new { run_id = run, models = new[] { new { model_id = model, step = 0 } } }),
            await server.Patch($"/logged-models/{model}", new { status = "LOGGED_MODEL_READY" }),
            await server.Patch($"/logged-models/{model}/tags", new { tags = new[] { MlflowWire.Pair("a", "b") } }),
            await server.Post($"/logged-models/{model}/params", new { @params = new[] { MlflowWire.Pair("mp", "1") } }),
            await server.Post("/runs/restore", new { run_id = run }),
        })
            reply.Status.ShouldBe(200, reply.Text);
        (await server.Run(run)).ToJsonString().ShouldBe(before.ToJsonString());
        (await server.Post("/runs/set-tag", new { run_id = run, key = "mlflow.note.content", value = "seen" })).Good.ShouldNotBeNull();
        RunLife.Tag(await server.Run(run), "mlflow.note.content").ShouldBe("seen");
        (await server.Patch($"/logged-models/{model}/tags", new { tags = new[] { MlflowWire.Pair("mlflow.modelVersions", "[]") } })).Good.ShouldNotBeNull();
    }

    [Theory, BothEngines]
    public async Task A_refused_write_stands_in_the_ledger(Engine engine)
    {
        var server = await servers.On(engine);
        var (run, _, _) = await ASealedRun(server);
        await server.LogMetric(run, "m", 2);
        var bodies = await server.Services.GetRequiredService<Store>().All(new Query<byte[]>("SELECT body FROM ledger_entry WHERE run_id = @run AND outcome = 'refused'", r => r.Bytes(0)), TestContext.Current.CancellationToken, ("run", run));
        bodies.Count.ShouldBe(1);
        var entry = System.Text.Json.Nodes.JsonNode.Parse(bodies[0])!;
        ((string)entry["action"]!).ShouldBe("run.changed");
        ((string)entry["detail"]!["code"]!).ShouldBe("run-sealed");
    }

    [Theory, BothEngines]
    public async Task The_facts_of_a_run_name_everybody_who_wrote_to_it(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/2.0/mlflow/runs/set-tag") { Content = System.Net.Http.Json.JsonContent.Create(new { run_id = run, key = "k", value = "v" }) };
        request.Headers.Add("X-Assay-As", "ann");
        (await server.Http.SendAsync(request, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await server.Post("/runs/log-batch", new { run_id = run, metrics = new object[] { new { key = "m", value = 2.5, timestamp = 2, step = 1 }, new { key = "m", value = "NaN", timestamp = 1 } }, @params = new[] { MlflowWire.Pair("p", "v") } });
        var facts = (await server.Services.GetRequiredService<RunReader>().Facts(run, default))!;
        facts.Writers.ShouldBe(["local", "local:ann"], ignoreOrder: true);
        facts.Params["p"].ShouldBe("v");
        facts.Metrics[0].History.ShouldBe(Digest.Of("""[[1,0,"NaN"],[2,1,2.5]]"""));
        (facts.Metrics[0].Count, facts.Metrics[0].Value).ShouldBe((2, 2.5));
    }

    static object Input(string name) => new { tags = new[] { MlflowWire.Pair("mlflow.data.context", "train") }, dataset = new { name, digest = "d", source_type = "local", source = "{}" } };

    static async Task<(string Run, string Model, string Experiment)> ASealedRun(TestServer server)
    {
        var experiment = await server.AnExperiment();
        var run = await server.ARun(experiment);
        await server.Post("/runs/log-batch", new { run_id = run, metrics = new[] { new { key = "m", value = 1, timestamp = 1 } }, @params = new[] { MlflowWire.Pair("p", "v") }, tags = new[] { MlflowWire.Pair("k", "v") } });
        await server.Post("/runs/log-inputs", new { run_id = run, datasets = new[] { Input("n") } });
        var model = (string)(await server.Post("/logged-models", new { experiment_id = experiment, source_run_id = run, tags = new[] { MlflowWire.Pair("a", "b") }, @params = new[] { MlflowWire.Pair("mp", "1") } })).Good["model"]!["info"]!["model_id"]!;
        await server.Post("/runs/outputs", new { run_id = run, models = new[] { new { model_id = model, step = 0 } } });
        await server.Patch($"/logged-models/{model}", new { status = "LOGGED_MODEL_READY" });
        await server.Post("/runs/update", new { run_id = run, status = "FINISHED", end_time = 5 });
        var (store, seals) = (server.Services.GetRequiredService<Store>(), server.Services.GetRequiredService<RunSeals>());
        await store.Do(tx => seals.Seal(tx, run, Seal), default);
        return (run, model, experiment);
    }
}
