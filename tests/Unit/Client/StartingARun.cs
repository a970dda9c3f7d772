using System.Text.Json.Nodes;
using Assay.Client;

namespace Assay.Tests.Unit.Client;

public sealed class StartingARun
{
    [Fact]
    public async Task A_run_is_created_in_the_experiment_of_that_name_with_user_time_and_tags()
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = await Given.ARun(server, Given.Bare with { Name = "first", Tags = new Dictionary<string, string> { ["mlflow.user"] = "ci", ["team"] = "risk" } });
        server.All[0].Target.ShouldBe("/api/2.0/mlflow/experiments/get-by-name?experiment_name=credit");
        var body = server.To("/api/2.0/mlflow/runs/create").ShouldHaveSingleItem().Json;
        body["experiment_id"]!.GetValue<string>().ShouldBe("1");
        body["user_id"]!.GetValue<string>().ShouldBe("ci");
        body["run_name"]!.GetValue<string>().ShouldBe("first");
        body["start_time"]!.GetValue<long>().ShouldBePositive();
        body["tags"]!.ToJsonString().ShouldBe("""[{"key":"mlflow.runName","value":"first"},{"key":"mlflow.user","value":"ci"},{"key":"team","value":"risk"}]""");
        run.Id.ShouldBe(RecordingServer.RunId);
    }

    [Fact]
    public async Task A_missing_experiment_is_created()
    {
        await using var server = await RecordingServer.StartAsync();
        server.Next("get-by-name", 404, """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"no experiment"}""");
        using var client = new AssayClient(Given.Options(server));
        (await client.ExperimentAsync("credit")).Id.ShouldBe("1");
        server.To("experiments/create").ShouldHaveSingleItem().Text.ShouldBe("""{"name":"credit"}""");
    }

    [Fact]
    public async Task A_deleted_experiment_is_refused_with_its_mend()
    {
        await using var server = await RecordingServer.StartAsync();
        server.Next("get-by-name", 200, """{"experiment":{"experiment_id":"1","name":"credit","lifecycle_stage":"deleted"}}""");
        using var client = new AssayClient(Given.Options(server));
        var error = await Should.ThrowAsync<MlflowException>(client.ExperimentAsync("credit"));
        error.Message.ShouldContain("Restore it");
    }

    [Fact]
    public async Task What_is_captured_by_itself_is_there_when_the_run_begins()
    {
        await using var server = await RecordingServer.StartAsync();
        using var repository = GitFolder.Committed("https://someone:secret@git.example/credit.git");
        var options = Given.Options(server, new() { ["MLFLOW_RUN_CONTEXT"] = """{"mlflow.source.git.branch":"release","ci.note":"nightly"}""" });
        await using var run = await new AssayClient(options).StartRunAsync("credit", new() { Repository = repository.Path, Seed = 7 });
        var tags = server.To("runs/create").Single().Json["tags"]!.AsArray().ToDictionary(tag => tag!["key"]!.GetValue<string>(), tag => tag!["value"]!.GetValue<string>());
        tags["mlflow.source.git.commit"].ShouldBe(repository.Head);
        tags["mlflow.source.git.dirty"].ShouldBe("false");
        tags["mlflow.source.git.repoURL"].ShouldBe("https://git.example/credit.git");
        tags["mlflow.source.git.branch"].ShouldBe("release", "what the operator supplies wins");
        tags["ci.note"].ShouldBe("nightly");
        tags["seed"].ShouldBe("7");
        foreach (var key in new[] { "mlflow.user", "mlflow.source.name", "mlflow.source.type", "runtime.name", "hardware.cores", "hardware.memory_bytes" })
            tags.ShouldContainKey(key);
    }

    [Fact]
    public async Task The_packages_and_the_runtime_are_logged_with_every_version()
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = await Given.ARun(server, new() { CaptureContext = false });
        var locked = server.To("/artifacts/environment/packages.lock.json").ShouldHaveSingleItem().Json;
        var packages = locked["dependencies"]!["net10.0"]!.AsObject();
        packages.ShouldNotBeEmpty();
        packages.ShouldAllBe(package => package.Value!["resolved"]!.GetValue<string>().Length > 0);
        ((JsonObject)packages["CsCheck"]!)["type"]!.GetValue<string>().ShouldBe("Direct");
        server.To("/artifacts/environment/runtime.json").ShouldHaveSingleItem().Json["framework"]!.GetValue<string>().ShouldStartWith(".NET 10");
    }

    [Theory]
    [InlineData("ASSAY_TOKEN", "t", "Bearer t")]
    [InlineData("MLFLOW_TRACKING_TOKEN", "m", "Bearer m")]
    public async Task The_token_of_the_environment_is_sent(string variable, string value, string header)
    {
        await using var server = await RecordingServer.StartAsync();
        using var client = new AssayClient(Given.Options(server, new() { [variable] = value }));
        await client.ExperimentAsync("credit");
        server.All.ShouldHaveSingleItem().Authorization.ShouldBe(header);
    }
}
