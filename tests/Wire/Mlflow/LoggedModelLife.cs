using System.Text.Json.Nodes;
using Assay.Server.Storage;

namespace Assay.Tests.Wire.Mlflow;

public sealed class LoggedModelLife(Servers servers)
{
    [Theory, BothEngines]
    public async Task A_model_is_made_pending_and_becomes_ready(Engine engine)
    {
        var server = await servers.On(engine);
        var experiment = await server.AnExperiment();
        var run = await server.ARun(experiment);
        var made = (await server.Post("/logged-models", new { experiment_id = experiment, name = "model", model_type = "linear", source_run_id = run, @params = new[] { MlflowWire.Pair("k", "1") }, tags = new[] { MlflowWire.Pair("t", "v") } })).Good["model"]!;
        var id = (string)made["info"]!["model_id"]!;
        id.ShouldMatch("^m-[0-9a-f]{32}$");
        ((string)made["info"]!["artifact_uri"]!).ShouldBe($"mlflow-artifacts:/{experiment}/models/{id}/artifacts");
        ((string)made["info"]!["status"]!).ShouldBe("LOGGED_MODEL_PENDING");
        ((string)made["info"]!["experiment_id"]!).ShouldBe(experiment);
        ((string)(await server.Patch($"/logged-models/{id}", new { status = 2 })).Good["model"]!["info"]!["status"]!).ShouldBe("LOGGED_MODEL_READY");
        (await server.Patch($"/logged-models/{id}", new { })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Missing value for required parameter 'status'");
        (await server.Post("/runs/outputs", new { run_id = run, models = new[] { new { model_id = id, step = 4 } } })).Good.ShouldNotBeNull();
        var output = (await server.Run(run))["outputs"]!["model_outputs"]![0]!;
        ((string)output["model_id"]!, (long)output["step"]!).ShouldBe((id, 4));
        var got = (await server.Get($"/logged-models/{id}")).Good["model"]!;
        ((string)got["data"]!["params"]![0]!["value"]!).ShouldBe("1");
        (await server.Delete($"/logged-models/{id}")).Good.AsObject().Count.ShouldBe(0);
        (await server.Get($"/logged-models/{id}")).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST");
    }

    [Theory, BothEngines]
    public async Task Tags_are_overwritten_params_are_not(Engine engine)
    {
        var server = await servers.On(engine);
        var id = await AModel(server, await server.AnExperiment());
        (await server.Patch($"/logged-models/{id}/tags", new { tags = new[] { MlflowWire.Pair("a/b", "1"), MlflowWire.Pair("c", "2") } })).Good.ShouldNotBeNull();
        ((string)(await server.Patch($"/logged-models/{id}/tags", new { tags = new[] { MlflowWire.Pair("c", "3") } })).Good["model"]!["info"]!["tags"]![1]!["value"]!).ShouldBe("3");
        (await server.Delete($"/logged-models/{id}/tags/a%2Fb")).Good.ShouldNotBeNull();
        (await server.Delete($"/logged-models/{id}/tags/a/b")).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST", "No tag with name: a/b");
        for (var i = 0; i < 2; i++)
            (await server.Post($"/logged-models/{id}/params", new { @params = new[] { MlflowWire.Pair("p", "1") } })).Good.ShouldNotBeNull();
        (await server.Post($"/logged-models/{id}/params", new { @params = new[] { MlflowWire.Pair("p", "2") } })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Changing param values is not allowed");
        foreach (var name in (string[])["a/b", "a:b", "a.b", "a%b", "a'b"])
            (await server.Post("/logged-models", new { experiment_id = "0", name })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", name);
    }

    [Theory, BothEngines]
    public async Task A_metric_with_a_model_shows_on_run_and_model(Engine engine)
    {
        var server = await servers.On(engine);
        var experiment = await server.AnExperiment();
        var (run, id) = (await server.ARun(experiment), await AModel(server, experiment));
        (await server.Post("/runs/log-metric", new { run_id = run, key = "acc", value = 0.9, timestamp = 1, model_id = id, dataset_name = "d", dataset_digest = "x" })).Good.ShouldNotBeNull();
        (await server.Post("/runs/log-metric", new { run_id = run, key = "acc", value = 0.9, timestamp = 1, model_id = id, dataset_name = "d" })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "dataset");
        var metric = (await server.Get($"/logged-models/{id}")).Good["model"]!["data"]!["metrics"]![0]!;
        ((double)metric["value"]!, (string)metric["dataset_name"]!, (string)metric["run_id"]!, (string)metric["model_id"]!).ShouldBe((0.9, "d", run, id));
        ((double)(await server.Run(run))["data"]!["metrics"]![0]!["value"]!).ShouldBe(0.9);
    }

    [Theory, BothEngines]
    public async Task Models_are_searched_by_everything_and_sorted_by_their_newest_metric(Engine engine)
    {
        var server = await servers.On(engine);
        var experiment = await server.AnExperiment();
        var run = await server.ARun(experiment);
        var (a, b, c) = (await AModel(server, experiment, "a", "1"), await AModel(server, experiment, "b", "2"), await AModel(server, experiment, "c", "2"));
        foreach (var (model, value, at, dataset) in new[] { (a, 0.2, 2, "d"), (a, 0.95, 1, "e"), (b, 0.5, 1, "d"), (b, 0.4, 3, "e") })
            (await server.Post("/runs/log-metric", new { run_id = run, key = "acc", value, timestamp = at, model_id = model, dataset_name = dataset, dataset_digest = "x" })).Good.ShouldNotBeNull();
        foreach (var (filter, found) in new (string, string[])[]
        {
            ("name = 'a'", [a]), ("metrics.acc > 0.3 AND params.k = '2'", [b]), ("params.k = '2' AND metrics.acc IS NULL", [c]), ("attributes.model_id IN ('" + a + "', 'x')", [a]), ("tags.t = 'c'", [c]), ("status = 'LOGGED_MODEL_PENDING'", [c, b, a]), ("creation_timestamp > 0", [c, b, a]), ($"experiment_id = '{experiment}'", [c, b, a]),
        })
            (await Found(server, new { experiment_ids = new[] { experiment }, filter })).ShouldBe(found, ignoreOrder: true, filter);
        (await Found(server, new { experiment_ids = new[] { experiment }, filter = "metrics.acc > 0.4", datasets = new[] { new { dataset_name = "d" } } })).ShouldBe([b]);
        (await Found(server, new { experiment_ids = new[] { experiment }, filter = "metrics.acc > 0.9", datasets = new[] { new { dataset_name = "e", dataset_digest = "x" } } })).ShouldBe([a]);
        (await Found(server, new { experiment_ids = new[] { experiment }, order_by = new[] { new { field_name = "metrics.acc", ascending = false } } })).ShouldBe([b, a, c]);
        (await Found(server, new { experiment_ids = new[] { experiment }, order_by = new[] { new { field_name = "metrics.acc", ascending = false, dataset_name = "e" } } })).ShouldBe([a, b, c]);
        (await Found(server, new { experiment_ids = new[] { experiment }, order_by = new[] { new { field_name = "name" } } })).ShouldBe([a, b, c]);
        (await server.Post("/logged-models/search", new { experiment_ids = new[] { experiment }, order_by = new[] { new { field_name = "params.k" } } })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE");
        (await server.Post("/logged-models/search", new { })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Missing value for required parameter 'experiment_ids'");
        var token = (string)(await server.Post("/logged-models/search", new { experiment_ids = new[] { experiment }, max_results = 2 })).Good["next_page_token"]!;
        (await Found(server, new { experiment_ids = new[] { experiment }, max_results = 2, page_token = token })).Length.ShouldBe(1);
        (await server.Post("/logged-models/search", new { experiment_ids = new[] { experiment }, filter = "name = 'a'", page_token = token })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "page_token");
    }

    static async Task<string[]> Found(TestServer server, object body) =>
        (await server.Post("/logged-models/search", body)).Good["models"] is JsonArray models ? [.. models.Select(m => (string)m!["info"]!["model_id"]!)] : [];

    static async Task<string> AModel(TestServer server, string experiment, string name = "model", string k = "1") =>
        (string)(await server.Post("/logged-models", new { experiment_id = experiment, name, @params = new[] { MlflowWire.Pair("k", k) }, tags = new[] { MlflowWire.Pair("t", name) } })).Good["model"]!["info"]!["model_id"]!;
}
