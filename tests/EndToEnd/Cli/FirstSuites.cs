using System.Net;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.EndToEnd.Cli;

/// <summary>From a trained model to an admitted version by a suite that the program wrote.</summary>
public sealed class FirstSuites(Servers servers) : IDisposable
{
    readonly AssayProgram assay = new();

    public void Dispose() => assay.Dispose();

    async Task<ProgramAnswer> Ends(int code, params string[] arguments)
    {
        var answer = await assay.Run(arguments);
        answer.Code.ShouldBe(code, $"assay {string.Join(' ', arguments)}\n{answer.Output}\n{answer.Errors}");
        return answer;
    }

    [Theory, BothEngines]
    public async Task A_first_suite_admits_the_version_that_it_was_written_of(Engine engine)
    {
        var server = await servers.On(engine);
        assay.Variables["ASSAY_URL"] = server.Url;
        var model = Given.Name("model");
        await Submitted(server.Given, model);
        var file = Path.Combine(assay.Home, "evals", "first suite.yaml");

        await Ends(0, "suite", "init", $"{model}/1", "-o", file);
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        text.ShouldContain($"written by assay suite init from {model}@sha256:");
        (await Ends(0, "suite", "init", $"{model}/1")).Output.ShouldBe(text);
        (await Ends(0, "suite", "init", $"{model}/1", "--json")).Json["suite"]!.GetValue<string>().ShouldBe(text);
        (await Ends(0, "suite", "check", file)).Output.ShouldContain("not yet");

        var evaluated = await Ends(0, "evaluate", $"{model}/1", "--suite", file);
        evaluated.Output.ShouldContain($"{model}/1 is admitted");
        evaluated.Errors.ShouldContain("not reviewed by a person yet");
    }

    [Fact]
    public async Task A_file_that_exists_is_kept_unless_told_otherwise()
    {
        var server = await servers.On(Engine.Sqlite);
        assay.Variables["ASSAY_URL"] = server.Url;
        var model = Given.Name("model");
        await Submitted(server.Given, model);
        var file = Path.Combine(assay.Home, "mine.yaml");
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);
        (await Ends(2, "suite", "init", $"{model}/1", "-o", file)).Errors.ShouldContain("--force");
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldBe("mine");
        await Ends(0, "suite", "init", $"{model}/1", "-o", file, "--force");
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldStartWith("# A first suite");
        await Ends(2, "suite", "init", $"{model}/1", "--force");
    }

    [Fact]
    public async Task Check_says_all_that_is_wrong_or_what_would_be_measured()
    {
        var file = Path.Combine(assay.Home, "suite.yaml");
        await File.WriteAllTextAsync(file, "apiVersion: assay/v1\nkind: EvaluationSuite\nmetadata: {name: s}\ntask: regresion\ndata: {uri: d.csv}\n", TestContext.Current.CancellationToken);
        var wrong = await Ends(1, "suite", "check", file);
        wrong.Errors.ShouldContain("regresion");
        wrong.Errors.ShouldContain("label");
        await File.WriteAllTextAsync(file, "apiVersion: assay/v1\nkind: EvaluationSuite\nmetadata: {name: s}\ntask: regression\ndata: {uri: d.csv, label: y}\nmetrics: [rmse]\ninvariants: [none.yaml]\n", TestContext.Current.CancellationToken);
        (await Ends(1, "suite", "check", file, "--json")).Json["findings"]![0]!.GetValue<string>().ShouldContain("none.yaml");
        await File.WriteAllTextAsync(file, "apiVersion: assay/v1\nkind: EvaluationSuite\nmetadata: {name: s}\ntask: regression\ndata: {uri: d.csv, label: y}\nmetrics: [rmse]\n", TestContext.Current.CancellationToken);
        (await Ends(0, "suite", "check", file)).Output.ShouldContain("rmse");
        await Ends(2, "suite", "check", Path.Combine(assay.Home, "gone.yaml"));
    }

    static async Task Submitted(Given given, string model)
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([0, 1], 0), "age", "income");
        await File.AppendAllTextAsync(Path.Combine(folder.Model, "MLmodel"),
            "\n  outputs: '[{\"type\": \"tensor\", \"tensor-spec\": {\"dtype\": \"float32\", \"shape\": [-1, 1]}}]'\nsaved_input_example_info: {artifact_path: input_example.json, type: dataframe, pandas_orient: split}\n", TestContext.Current.CancellationToken);
        folder.Write("model/input_example.json", """{"columns": ["age", "income"], "data": [[30, 1.5], [40, -2]]}""");
        var run = await given.ACompleteRun(finish: false);
        foreach (var file in Directory.EnumerateFiles(folder.Model))
            await Given.Ok(given.UploadBytes(run, $"model/{Path.GetFileName(file)}", await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
        await given.End(run);
        await Given.Ok(given.Api(HttpMethod.Post, "versions", new System.Text.Json.Nodes.JsonObject { ["run_id"] = run.Id, ["model"] = model }), HttpStatusCode.Created);
    }
}
