using System.Text.Json.Nodes;
using Assay.Server.Storage;

namespace Assay.Tests.Wire.Mlflow;

public sealed class RunLife(Servers servers)
{
    [Theory, BothEngines]
    public async Task A_run_goes_from_running_to_finished(Engine engine)
    {
        var server = await servers.On(engine);
        var experiment = await server.AnExperiment();
        var created = (await server.Post("/runs/create", new { experiment_id = experiment, start_time = 456, run_name = "my name", user_id = "", tags = new[] { MlflowWire.Pair("mlflow.user", "ann"), MlflowWire.Pair("odd", "") } })).Good["run"]!;
        var info = created["info"]!;
        var run = (string)info["run_id"]!;
        run.ShouldMatch("^[0-9a-f]{32}$");
        ((string)info["run_uuid"]!).ShouldBe(run);
        ((string)info["experiment_id"]!).ShouldBe(experiment);
        ((string)info["artifact_uri"]!).ShouldBe($"mlflow-artifacts:/{experiment}/{run}/artifacts");
        ((string)info["user_id"]!).ShouldBe("ann");
        ((string)info["status"]!).ShouldBe("RUNNING");
        ((long)info["start_time"]!).ShouldBe(456);
        info["end_time"].ShouldBeNull();
        created["data"]!["params"].ShouldBeNull();
        Tag(created, "mlflow.runName").ShouldBe("my name");
        Tag(created, "odd").ShouldBe("");
        var ended = (await server.Post("/runs/update", new { run_uuid = run, status = 3, end_time = "789" })).Good["run_info"]!;
        ((string)ended["status"]!).ShouldBe("FINISHED");
        ((long)(await server.Run(run))["info"]!["end_time"]!).ShouldBe(789);
    }

    [Theory, BothEngines]
    public async Task The_name_and_its_tag_are_one_thing(Engine engine)
    {
        var server = await servers.On(engine);
        var experiment = await server.AnExperiment();
        (await server.Post("/runs/create", new { experiment_id = experiment, run_name = "a", tags = new[] { MlflowWire.Pair("mlflow.runName", "b") } })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "mlflow.runName");
        var run = await server.ARun(experiment);
        var made = await server.Run(run);
        Tag(made, "mlflow.runName").ShouldNotBeNullOrEmpty();
        Tag(made, "mlflow.runName").ShouldBe((string)made["info"]!["run_name"]!);
        (await server.Post("/runs/set-tag", new { run_uuid = run, key = "mlflow.runName", value = "by tag" })).Good.ShouldNotBeNull();
        ((string)(await server.Run(run))["info"]!["run_name"]!).ShouldBe("by tag");
        (await server.Post("/runs/update", new { run_id = run, run_name = "by update" })).Good.ShouldNotBeNull();
        Tag(await server.Run(run), "mlflow.runName").ShouldBe("by update");
        ((string)(await server.Run(run))["info"]!["status"]!).ShouldBe("RUNNING");
    }

    [Theory, BothEngines]
    public async Task Without_an_experiment_a_run_is_in_the_default_one(Engine engine)
    {
        var server = await servers.On(engine);
        foreach (var body in (object[])[new { }, new { experiment_id = "" }, new { experiment_id = 0 }])
            ((string)(await server.Post("/runs/create", body)).Good["run"]!["info"]!["experiment_id"]!).ShouldBe("0");
        (await server.Post("/runs/create", new { experiment_id = "12345678" })).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST");
    }

    [Theory, BothEngines]
    public async Task A_deleted_run_can_be_read_not_written_and_comes_back(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun();
        for (var i = 0; i < 2; i++)
            (await server.Post("/runs/delete", new { run_id = run })).Good.ShouldNotBeNull();
        ((string)(await server.Run(run))["info"]!["lifecycle_stage"]!).ShouldBe("deleted");
        (await server.LogMetric(run, "m", 1)).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", $"The run {run} must be in");
        (await server.Post("/runs/set-tag", new { run_id = run, key = "k", value = "v" })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE");
        (await server.Post("/runs/update", new { run_id = run, status = "FAILED" })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE");
        for (var i = 0; i < 2; i++)
            (await server.Post("/runs/restore", new { run_id = run })).Good.ShouldNotBeNull();
        (await server.LogMetric(run, "m", 1)).Good.ShouldNotBeNull();
    }

    [Theory, BothEngines]
    public async Task A_param_is_written_once(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun();
        (await server.Post("/runs/log-parameter", new { run_id = run, key = "p", value = "1" })).Good.ShouldNotBeNull();
        (await server.Post("/runs/log-parameter", new { run_id = run, key = "p", value = "1" })).Good.ShouldNotBeNull();
        (await server.Post("/runs/log-parameter", new { run_id = run, key = "p", value = "2" })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Changing param values is not allowed");
        (await server.Post("/runs/log-parameter", new { run_id = run, key = "empty", value = "" })).Good.ShouldNotBeNull();
        var longest = new string('x', 6001);
        (await server.Post("/runs/log-parameter", new { run_id = run, key = "long", value = longest })).Good.ShouldNotBeNull();
        var data = (await server.Run(run))["data"]!;
        Value(data["params"]!, "p").ShouldBe("1");
        Value(data["params"]!, "empty").ShouldBe("");
        Value(data["params"]!, "long").ShouldBe(longest);
    }

    [Theory, BothEngines]
    public async Task Tags_are_overwritten_and_a_missing_one_cannot_be_deleted(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun();
        foreach (var value in (string[])["a", new string('b', 8000)])
            (await server.Post("/runs/set-tag", new { run_id = run, key = "k", value })).Good.ShouldNotBeNull();
        Tag(await server.Run(run), "k").Length.ShouldBe(8000);
        (await server.Post("/runs/delete-tag", new { run_id = run, key = "k" })).Good.ShouldNotBeNull();
        (await server.Post("/runs/delete-tag", new { run_id = run, key = "k" })).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST", "No tag with name: k");
        (await server.Post("/runs/delete-tag", new { run_id = "nobody", key = "k" })).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST", "Run with id=nobody not found");
    }

    [Theory, BothEngines]
    public async Task Keys_are_normal_relative_paths_of_plain_characters(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun();
        (await server.LogMetric(run, "a/b.c-d e:f_1", 1)).Good.ShouldNotBeNull();
        foreach (var key in (string[])["../x", "/x", "a//b", ".", "..", "a/../b", "", new string('k', 251), "a?b"])
        {
            (await server.LogMetric(run, key, 1)).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE");
            (await server.Post("/runs/log-parameter", new { run_id = run, key, value = "v" })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE");
            (await server.Post("/runs/set-tag", new { run_id = run, key, value = "v" })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE");
        }
    }

    [Theory, BothEngines]
    public async Task The_R_clients_texts_for_numbers_and_old_field_names_are_understood(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun();
        (await server.Send(HttpMethod.Post, "/runs/log-metric", $$"""{"run_uuid":"{{run}}","key":"m","value":"0.5","timestamp":"12","step":"3","unknown":{"x":1},"model_id":null}""")).Good.ShouldNotBeNull();
        (await server.Send(HttpMethod.Post, "/runs/log-metric", $$"""{"runId":"{{run}}","key":"nan","value":"NaN","timestamp":13}""")).Good.ShouldNotBeNull();
        (await server.Send(HttpMethod.Post, "/runs/set-tag", System.Text.Json.JsonSerializer.Serialize($$"""{"run_id":"{{run}}","key":"twice","value":"encoded"}"""))).Good.ShouldNotBeNull();
        var made = await server.Run(run);
        Tag(made, "twice").ShouldBe("encoded");
        var metrics = made["data"]!["metrics"]!.AsArray();
        ((double)metrics.Single(m => (string)m!["key"]! == "m")!["value"]!).ShouldBe(0.5);
        ((string)metrics.Single(m => (string)m!["key"]! == "nan")!["value"]!).ShouldBe("NaN");
        ((long)metrics.Single(m => (string)m!["key"]! == "m")!["step"]!).ShouldBe(3);
    }

    [Theory, BothEngines]
    public async Task Every_route_answers_alike_under_both_prefixes(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun();
        var one = await server.Send(HttpMethod.Get, $"/runs/get?run_id={run}", null);
        var other = await server.Send(HttpMethod.Get, $"/runs/get?run_uuid={run}", null, "/ajax-api/2.0/mlflow");
        other.Text.ShouldBe(one.Text);
        (await server.Send(HttpMethod.Get, "/runs/get", $$"""{"run_id":"{{run}}"}""")).Text.ShouldBe(one.Text);
    }

    [Theory, BothEngines]
    public async Task A_2x_log_model_stands_in_a_tag_once(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun();
        var model = $$"""{"artifact_path":"model","flavors":{},"utc_time_created":"now","run_id":"{{run}}"}""";
        for (var i = 0; i < 2; i++)
            (await server.Post("/runs/log-model", new { run_id = run, model_json = model })).Good.ShouldNotBeNull();
        JsonNode.Parse(Tag(await server.Run(run), "mlflow.log-model.history"))!.AsArray().Count.ShouldBe(1);
        (await server.Post("/runs/log-model", new { run_id = run, model_json = "{}" })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "artifact_path");
        (await server.Post("/runs/log-model", new { run_id = run, model_json = "no json" })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "JSON");
    }

    internal static string Tag(JsonNode run, string key) => Value(run["data"]!["tags"]!, key);

    static string Value(JsonNode pairs, string key) => (string)pairs.AsArray().Single(p => (string)p!["key"]! == key)!["value"]!;
}
