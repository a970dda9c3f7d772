using System.Text.Json.Nodes;
using Assay.Tests.Builders;

namespace Assay.Tests.EndToEnd.Serving;

public sealed class ServingAPulledModel
{
    [Fact]
    public async Task It_says_what_it_serves_answers_and_vouches_for_its_files()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([0, 1], 0), "age", "income");
        var digest = folder.Pulled("credit");
        var (started, _, said) = await ServedModel.Start(folder.Root);
        started.ShouldNotBeNull(said);
        await using var server = started;
        server.Line.ShouldBe($"Assay serves credit@{digest} on {server.Address.ToString().TrimEnd('/')}");
        (await server.Get("/ping")).EnsureSuccessStatusCode();
        (await (await server.Get("/health")).Content.ReadAsStringAsync()).ShouldBe("OK");
        (await server.Get("/version")).EnsureSuccessStatusCode();
        JsonNode.Parse(await (await server.Get("/assay/digest")).Content.ReadAsStringAsync())!.ToJsonString()
            .ShouldBe($$"""{"model":"credit","digest":"{{digest}}","files":"verified"}""");
        foreach (var body in (string[])[
            """{"dataframe_split": {"columns": ["income", "age"], "data": [[0, 40], [9, 20]]}}""",
            """{"dataframe_records": [{"age": 40, "income": 0}, {"age": 20, "income": 9}]}""",
            """{"instances": [[40, 0], [20, 9]]}""",
            """{"inputs": {"age": [40, 20], "income": [0, 9]}, "params": {}}"""])
        {
            var (status, answer) = await server.Ask(body);
            status.ShouldBe(200);
            answer["predictions"]!.AsArray().Count.ShouldBe(2);
            ((double)answer["predictions"]![0]!).ShouldBe(0.5);
            ((double)answer["predictions"]![1]!).ShouldBe(0.9998766, 1e-6);
        }
    }

    [Theory]
    [InlineData("""{"dataframe_split": {"columns": ["age"], "data": [[1]]}}""", 400, "lacks income")]
    [InlineData("""{"dataframe_records": [{"age": "old", "income": 1}]}""", 400, "Row 1, column age: \"old\" is no float32")]
    [InlineData("""{"rows": [[1, 2]]}""", 400, "exactly one of dataframe_split")]
    [InlineData("""{"instances": [[1, 2], [3]]}""", 400, "different lengths")]
    [InlineData("{", 400, "no JSON")]
    public async Task Bad_input_is_a_plain_sentence(string body, int status, string says)
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([0, 1], 0), "age", "income");
        folder.Pulled("credit");
        await using var server = (await ServedModel.Start(folder.Root)).Server!;
        var answer = await server.Ask(body);
        answer.Status.ShouldBe(status);
        ((string)answer.Body["message"]!).ShouldContain(says);
        (await server.Ask("a,b", "text/csv")).Status.ShouldBe(415);
    }

    [Fact]
    public async Task Several_outputs_are_answered_by_name()
    {
        using var folder = ModelFolders.With(OnnxModels.LikeMlNet(0, 1, 0), "age", "income");
        folder.Pulled("credit");
        await using var server = (await ServedModel.Start(folder.Root)).Server!;
        var row = (await server.Ask("""{"dataframe_records": [{"age": 1, "income": 0}]}""")).Body["predictions"]![0]!;
        row.ToJsonString().ShouldBe("""{"PredictedLabel.output":true,"Score.output":0,"Probability.output":0.5}""");
    }

    [Fact]
    public async Task Files_altered_while_it_serves_are_named()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([0, 1], 0), "age", "income");
        var digest = folder.Pulled("credit");
        await using var server = (await ServedModel.Start(folder.Root)).Server!;
        var onnx = Path.Combine(folder.Model, "model.onnx");
        var (written, bytes) = (File.GetLastWriteTimeUtc(onnx), File.ReadAllBytes(onnx));
        bytes[^1] ^= 1;
        File.WriteAllBytes(onnx, bytes); // the same size, and the same time again
        File.SetLastWriteTimeUtc(onnx, written);
        File.WriteAllText(Path.Combine(folder.Model, "more.txt"), "x");
        JsonNode.Parse(await (await server.Get("/assay/digest")).Content.ReadAsStringAsync())!.ToJsonString()
            .ShouldBe($$"""{"model":"credit","digest":"{{digest}}","files":"mismatch","mismatches":["model.onnx","more.txt"]}""");
    }

    [Fact]
    public async Task Files_altered_before_are_not_served()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([0, 1], 0), "age", "income");
        folder.Pulled("credit");
        folder.Put(OnnxModels.Logistic([1, 0], 0), "age", "income");
        var (server, code, said) = await ServedModel.Start(folder.Root);
        server.ShouldBeNull();
        code.ShouldBe(1);
        said.ShouldContain("model.onnx");
    }

    [Fact]
    public async Task A_folder_that_was_not_pulled_or_holds_another_model_is_refused()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([0, 1], 0), "age", "income");
        var none = await ServedModel.Start(folder.Root);
        none.Code.ShouldBe(2);
        none.Said.ShouldContain("assay pull");
        folder.Pulled("credit");
        var other = await ServedModel.Start(folder.Root, "--model", "fraud");
        other.Code.ShouldBe(1);
        other.Said.ShouldContain("holds credit, not fraud");
    }

    [Fact]
    public async Task It_ends_cleanly_when_told_and_says_when_its_port_is_taken()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([0, 1], 0), "age", "income");
        folder.Pulled("credit");
        await using var server = (await ServedModel.Start(folder.Root)).Server!;
        var (_, code, said) = await ServedModel.Start(folder.Root, "--listen", server.Address.ToString());
        code.ShouldBe(2);
        said.ShouldContain("--listen");
        (await server.Terminate()).ShouldBe(0);
    }

    [Fact]
    public async Task A_model_that_does_not_load_is_refused_with_its_reason()
    {
        using var folder = ModelFolders.With([1, 2, 3], "age");
        folder.Pulled("credit");
        var (_, code, said) = await ServedModel.Start(folder.Root);
        code.ShouldBe(2);
        said.ShouldContain("no ONNX model");
    }
}
