using Assay.Server.Storage;

namespace Assay.Tests.Wire.Mlflow;

/// <summary>Runs as trainings make them: parents and children, hundreds of params, failures (checklist §7.3).</summary>
public sealed class RunFamilies(Servers servers)
{
    [Theory, BothEngines]
    public async Task Children_are_found_by_their_parent_and_outlive_it(Engine engine)
    {
        var server = await servers.On(engine);
        var experiment = await server.AnExperiment();
        var parent = await server.ARun(experiment);
        var child = (string)(await server.Post("/runs/create", new { experiment_id = experiment, start_time = 2, tags = new[] { MlflowWire.Pair("mlflow.parentRunId", parent) } })).Good["run"]!["info"]!["run_id"]!;
        (await server.Post("/runs/delete", new { run_id = parent })).Good.ShouldNotBeNull();
        var found = (await server.Post("/runs/search", new { experiment_ids = new[] { experiment }, filter = $"tags.mlflow.parentRunId = '{parent}'" })).Good["runs"]!.AsArray();
        found.Select(r => (string)r!["info"]!["run_id"]!).ShouldBe([child]);
    }

    [Theory, BothEngines]
    public async Task Two_hundred_and_fifty_params_come_in_batches_of_a_hundred(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun();
        foreach (var batch in Enumerable.Range(0, 250).Chunk(100))
            (await server.Post("/runs/log-batch", new { run_id = run, @params = batch.Select(i => MlflowWire.Pair($"p{i}", $"{i}")) })).Good.ShouldNotBeNull();
        (await server.Run(run))["data"]!["params"]!.AsArray().Count.ShouldBe(250);
    }

    [Theory, BothEngines]
    public async Task A_run_that_fails_says_so_and_when(Engine engine)
    {
        var server = await servers.On(engine);
        foreach (var (status, word) in new (object, string)[] { ("FAILED", "FAILED"), (4, "FAILED"), ("KILLED", "KILLED"), ("5", "KILLED"), ("SCHEDULED", "SCHEDULED") })
        {
            var run = await server.ARun();
            ((string)(await server.Post("/runs/update", new { run_id = run, status, end_time = 9 })).Good["run_info"]!["status"]!).ShouldBe(word);
            ((long)(await server.Run(run))["info"]!["end_time"]!).ShouldBe(9);
        }
        (await server.Post("/runs/update", new { run_id = await server.ARun(), status = "DONE" })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Invalid value \"DONE\" for parameter 'status' supplied", "FINISHED");
    }

    [Theory, BothEngines]
    public async Task A_run_starts_with_whatever_tags_its_environment_has(Engine engine)
    {
        var server = await servers.On(engine);
        var run = (await server.Post("/runs/create", new { experiment_id = "0", tags = new[] { MlflowWire.Pair("ci/job?url=1", "v"), MlflowWire.Pair("../x", "w") } })).Good["run"]!;
        RunLife.Tag(run, "ci/job?url=1").ShouldBe("v");
        (await server.Post("/runs/delete-tag", new { run_id = (string)run["info"]!["run_id"]!, key = "../x" })).Good.ShouldNotBeNull();
    }

    [Theory, BothEngines]
    public async Task An_input_is_kept_once_and_with_the_source_that_this_run_named(Engine engine)
    {
        var server = await servers.On(engine);
        var (first, second) = (await server.ARun(), await server.ARun());
        foreach (var (run, source, context) in new[] { (first, "s3://a", "train"), (first, "s3://other", "eval"), (second, "s3://b", "train") })
            (await server.Post("/runs/log-inputs", new { run_id = run, datasets = new[] { new { tags = new[] { MlflowWire.Pair("mlflow.data.context", context) }, dataset = new { name = "d", digest = "1", source_type = "s3", source } } } })).Good.ShouldNotBeNull();
        foreach (var (run, source) in new[] { (first, "s3://a"), (second, "s3://b") })
        {
            var input = (await server.Run(run))["inputs"]!["dataset_inputs"]!.AsArray().ShouldHaveSingleItem()!;
            ((string)input["dataset"]!["source"]!, (string)input["tags"]![0]!["value"]!).ShouldBe((source, "train"));
        }
    }

    [Theory, BothEngines]
    public async Task A_logged_model_whose_upload_failed_says_so(Engine engine)
    {
        var server = await servers.On(engine);
        foreach (var status in (object[])["LOGGED_MODEL_UPLOAD_FAILED", 3, "3"])
        {
            var model = (string)(await server.Post("/logged-models", new { experiment_id = "0" })).Good["model"]!["info"]!["model_id"]!;
            ((string)(await server.Patch($"/logged-models/{model}", new { status })).Good["model"]!["info"]!["status"]!).ShouldBe("LOGGED_MODEL_UPLOAD_FAILED");
        }
    }
}
