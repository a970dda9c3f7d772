using Assay.Server.Storage;

namespace Assay.Tests.Wire.Mlflow;

public sealed class ExperimentLife(Servers servers)
{
    [Theory, BothEngines]
    public async Task A_fresh_server_has_the_default_experiment_and_counts_from_one(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        var zero = (await server.Get("/experiments/get?experiment_id=0")).Good["experiment"]!;
        ((string)zero["name"]!).ShouldBe("Default");
        ((string)zero["lifecycle_stage"]!).ShouldBe("active");
        ((string)zero["artifact_location"]!).ShouldBe("mlflow-artifacts:/0");
        (await server.AnExperiment("one")).ShouldBe("1");
        ((string)(await server.Get("/experiments/get-by-name?experiment_name=one")).Good["experiment"]!["artifact_location"]!).ShouldBe("mlflow-artifacts:/1");
        await using var again = await server.Restart();
        (await again.AnExperiment("two")).ShouldBe("2");
    }

    [Theory, BothEngines]
    public async Task A_name_is_taken_even_by_a_deleted_experiment(Engine engine)
    {
        var server = await servers.On(engine);
        var name = $"taken {Guid.NewGuid():N}";
        var id = await server.AnExperiment(name);
        (await server.Post("/experiments/create", new { name })).ShouldBeRefused(400, "RESOURCE_ALREADY_EXISTS", "already exists");
        (await server.Post("/experiments/delete", new { experiment_id = id })).Good.AsObject().Count.ShouldBe(0);
        (await server.Post("/experiments/create", new { name })).ShouldBeRefused(400, "RESOURCE_ALREADY_EXISTS", "deleted", "restore");
        ((string)(await server.Get($"/experiments/get?experiment_id={id}")).Good["experiment"]!["lifecycle_stage"]!).ShouldBe("deleted");
    }

    [Theory, BothEngines]
    public async Task What_is_not_there_is_RESOURCE_DOES_NOT_EXIST(Engine engine)
    {
        var server = await servers.On(engine);
        (await server.Get("/experiments/get-by-name?experiment_name=nobody%20has%20this")).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST", "Could not find experiment with name");
        (await server.Get("/experiments/get?experiment_id=999999")).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST");
        (await server.Get("/experiments/get?experiment_id=abc")).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST");
        (await server.Get("/runs/get?run_id=abc")).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST", "Run with id=abc not found");
    }

    [Theory, BothEngines]
    public async Task Deleting_takes_the_runs_along_and_restoring_brings_them_back(Engine engine)
    {
        var server = await servers.On(engine);
        var id = await server.AnExperiment();
        var run = await server.ARun(id);
        (await server.Post("/experiments/delete", new { experiment_id = id })).Good.ShouldNotBeNull();
        ((string)(await server.Run(run))["info"]!["lifecycle_stage"]!).ShouldBe("deleted");
        (await server.Post("/experiments/delete", new { experiment_id = id })).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST");
        (await server.Post("/runs/create", new { experiment_id = id })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "active");
        (await server.Post("/experiments/update", new { experiment_id = id, new_name = "x" })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE");
        (await server.Post("/experiments/set-experiment-tag", new { experiment_id = id, key = "a", value = "b" })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "must be in the 'active' lifecycle_stage");
        (await server.Post("/experiments/restore", new { experiment_id = id })).Good.ShouldNotBeNull();
        (await server.Post("/experiments/restore", new { experiment_id = id })).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST");
        ((string)(await server.Run(run))["info"]!["lifecycle_stage"]!).ShouldBe("active");
    }

    [Theory, BothEngines]
    public async Task Renaming_moves_the_update_time_and_never_onto_a_taken_name(Engine engine)
    {
        var server = await servers.On(engine);
        var (first, second) = ($"first {Guid.NewGuid():N}", $"second {Guid.NewGuid():N}");
        var id = await server.AnExperiment(first);
        await server.AnExperiment(second);
        (await server.Post("/experiments/update", new { experiment_id = id, new_name = second })).ShouldBeRefused(400, "RESOURCE_ALREADY_EXISTS");
        (await server.Post("/experiments/update", new { experiment_id = id, new_name = first + "!" })).Good.ShouldNotBeNull();
        var renamed = (await server.Get($"/experiments/get?experiment_id={id}")).Good["experiment"]!;
        ((string)renamed["name"]!).ShouldBe(first + "!");
        ((long)renamed["last_update_time"]!).ShouldBeGreaterThanOrEqualTo((long)renamed["creation_time"]!);
    }

    [Theory, BothEngines]
    public async Task Tags_are_set_overwritten_and_deleted_within_their_limits(Engine engine)
    {
        var server = await servers.On(engine);
        var id = await server.AnExperiment();
        foreach (var value in (string[])["a", "multi\nline", ""])
        {
            (await server.Post("/experiments/set-experiment-tag", new { experiment_id = id, key = "multi line", value })).Good.ShouldNotBeNull();
            ((string)(await server.Get($"/experiments/get?experiment_id={id}")).Good["experiment"]!["tags"]![0]!["value"]!).ShouldBe(value);
        }
        (await server.Post("/experiments/delete-experiment-tag", new { experiment_id = id, key = "multi line" })).Good.ShouldNotBeNull();
        (await server.Post("/experiments/delete-experiment-tag", new { experiment_id = id, key = "multi line" })).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST", "No tag with name: multi line");
        (await server.Post("/experiments/set-experiment-tag", new { experiment_id = id, key = new string('k', 251), value = "v" })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "250");
        (await server.Post("/experiments/set-experiment-tag", new { experiment_id = id, key = "k", value = new string('v', 5001) })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "5000");
    }

    [Theory, BothEngines]
    public async Task Arguments_that_are_missing_or_of_the_wrong_type_are_named(Engine engine)
    {
        var server = await servers.On(engine);
        (await server.Post("/experiments/create", new { name = 123 })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Invalid value 123 for parameter 'name'");
        (await server.Post("/experiments/create", new { })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Missing value for required parameter 'name'");
        (await server.Post("/experiments/create", new { name = "" })).Message.ShouldStartWith("Missing value for required parameter 'name'");
        (await server.Post("/experiments/create", new { name = "x", tags = "5" })).Text.ShouldContain("Invalid value \\\"5\\\" for parameter 'tags'");
        (await server.Post("/experiments/create", new { name = "x", artifact_location = 9.5 })).Text.ShouldContain("Invalid value 9.5 for parameter 'artifact_location'");
        (await server.Send(HttpMethod.Post, "/experiments/create", "{\"name\": \"a\\u0000b\"}")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "NUL");
        (await server.Send(HttpMethod.Post, "/experiments/create", "{\"name\": \"a\\ud800b\"}")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Unicode");
        (await server.Send(HttpMethod.Post, "/experiments/create", "{\"name\": ")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "not JSON");
        (await server.Send(HttpMethod.Post, "/experiments/create", "[1]")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "array");
        (await server.Send(HttpMethod.Post, "/experiments/create", null)).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Content-Type");
        (await server.Post("/experiments/create", new { name = "x", artifact_location = "runs:/abc" })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "runs:/");
    }
}
