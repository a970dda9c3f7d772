using System.Text.Json.Nodes;
using Assay.Examples.Credit;
using Assay.Tests.Unit.Client;
using Assay.Tests.Unit.Credit;

namespace Assay.Tests.EndToEnd.Credit;

/// <summary>The training program of the demo, from its command line to what it writes and logs.</summary>
public sealed class TrainingProgramRuns : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("assay credit ").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static async Task<(int Code, string Output, string Errors)> Train(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await CommandLine.RunAsync(["--data", LoanData.File, .. arguments], output, errors);
        return (code, output.ToString().TrimEnd(), errors.ToString().TrimEnd());
    }

    [Fact]
    public async Task Offline_it_writes_a_model_folder_and_the_loans_to_measure_with()
    {
        var (code, output, _) = await Train("--offline", "--json", "--out", folder);
        code.ShouldBe(0);
        var said = JsonNode.Parse(output)!;
        said["metrics"]!["auc"]!.GetValue<double>().ShouldBeGreaterThan(0.8);
        said["parity_max_abs"]!.GetValue<double>().ShouldBeLessThan(1e-5);
        var model = await File.ReadAllBytesAsync(Path.Combine(folder, "model", "model.onnx"));
        Contracts.Digest.Of(model).Hex.ShouldBe(said["model_sha256"]!.GetValue<string>());
        File.Exists(Path.Combine(folder, "model", "MLmodel")).ShouldBeTrue();
        var heldOut = await LoanFile.ReadAsync(Path.Combine(folder, "heldout.csv"));
        heldOut.Loans.Count.ShouldBe(said["rows"]!["heldout"]!.GetValue<int>());
        (await File.ReadAllLinesAsync(Path.Combine(folder, "parity.csv"))).Length.ShouldBe(501);
    }

    [Fact]
    public async Task All_variants_of_a_seed_are_measured_on_the_same_loans_and_give_different_models()
    {
        HashSet<string> models = [];
        HashSet<string> heldOut = [];
        foreach (var variant in new[] { "good", "better", "broken" })
        {
            var (_, output, _) = await Train("--offline", "--variant", variant, "--out", folder);
            models.Add(output.Split('\n')[^1]);
            heldOut.Add(await File.ReadAllTextAsync(Path.Combine(folder, "heldout.csv")));
        }
        models.Count.ShouldBe(3);
        heldOut.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_complete_run_is_logged_with_code_data_parameters_curve_model_and_environment()
    {
        await using var server = await RecordingServer.StartAsync();
        using var repository = GitFolder.Committed("https://git.example/credit.git");
        var (code, output, _) = await Train("--server", server.Url, "--repo", repository.Path);
        code.ShouldBe(0);
        output.Split('\n')[^1].ShouldBe($"run_id={RecordingServer.RunId}");
        server.To("runs/create").Single().Text.ShouldContain(repository.Head);
        server.To("runs/log-inputs").Select(request => request.Json["datasets"]![0]!["tags"]![0]!["value"]!.GetValue<string>()).ShouldBe(["training", "evaluation"]);
        var batches = server.To("runs/log-batch").Select(request => request.Json).ToArray();
        batches.SelectMany(batch => batch["params"]!.AsArray()).Select(entry => entry!["key"]!.GetValue<string>()).ShouldContain("seed");
        batches.SelectMany(batch => batch["metrics"]!.AsArray()).Count(metric => metric!["key"]!.GetValue<string>() == "heldout_auc").ShouldBe(Recipe.First.Rounds);
        foreach (var file in new[] { "model/MLmodel", "model/model.onnx", "model/requirements.txt", "environment/packages.lock.json" })
            server.To($"artifacts/{file}").ShouldHaveSingleItem();
        server.All[^1].Json["status"]!.GetValue<string>().ShouldBe("FINISHED");
    }

    [Fact]
    public async Task A_careless_run_leaves_a_metric_and_the_bytes_and_nothing_else()
    {
        await using var server = await RecordingServer.StartAsync();
        var (code, _, _) = await Train("--server", server.Url, "--variant", "incomplete");
        code.ShouldBe(0);
        server.To("runs/create").Single().Text.ShouldNotContain("git.commit");
        server.To("runs/log-inputs").ShouldBeEmpty();
        server.All.Where(request => request.Method == "PUT").ShouldHaveSingleItem().Target.ShouldEndWith("model/model.onnx");
        server.To("runs/log-batch").ShouldHaveSingleItem().Json["metrics"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_of_the_server_is_printed_and_the_run_ends_as_failed()
    {
        await using var server = await RecordingServer.StartAsync();
        server.Next("runs/update", 400, """{"error_code":"INVALID_PARAMETER_VALUE","message":"code.clean is missing"}""");
        var (code, _, errors) = await Train("--server", server.Url, "--variant", "incomplete");
        code.ShouldBe(1);
        errors.ShouldContain("code.clean is missing");
        server.All[^1].Json["status"]!.GetValue<string>().ShouldBe("FAILED");
    }

    [Theory]
    [InlineData("--variant", "worse")]
    [InlineData("--seed", "seven")]
    [InlineData("--data", "nowhere.csv")]
    public async Task Wrong_use_is_2_and_names_the_value(string option, string value)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        (await CommandLine.RunAsync(["--offline", option, value], output, errors)).ShouldBe(2);
        errors.ToString().ShouldContain(value);
    }
}
