using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Evaluation;
using Assay.Evaluation.FirstSuites;
using Assay.Evaluation.Suites;
using Assay.Tests.Builders;

namespace Assay.Tests.Unit.Evaluation;

/// <summary>A first suite, written from models that run: it holds on the model that it was made of, and finds others.</summary>
public sealed class FirstSuites
{
    const string Split = "saved_input_example_info: {artifact_path: input_example.json, type: dataframe, pandas_orient: split}";
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Task<Result<string>> Written(ModelFolders folder) => new FirstSuite(TimeProvider.System).Write(folder.Model, "m", "m@sha256:0", new(), Ct);

    static async Task<(string Text, EvaluationOutcome Outcome)> Passed(ModelFolders folder)
    {
        var written = await Written(folder);
        written.Ok.ShouldBeTrue(written.Refusal?.Message);
        var outcome = await Run(folder, written.Value);
        outcome.Rows.ShouldAllBe(r => r.State == OutcomeState.Passed, string.Join("\n", outcome.Rows.Where(r => r.State != OutcomeState.Passed)) + written.Value);
        outcome.ExitCode.ShouldBe(0);
        return (written.Value, outcome);
    }

    static async Task<EvaluationOutcome> Run(ModelFolders folder, string suite)
    {
        var outcome = await new Evaluator(TimeProvider.System).Run(folder.Model, folder.Write("suites/first.yaml", suite), new() { Model = "m" }, null, Ct);
        outcome.Ok.ShouldBeTrue(outcome.Refusal?.Message);
        return outcome.Value;
    }

    /// <summary>A folder whose model was logged with an example.</summary>
    static ModelFolders Logged(byte[] onnx, string[] columns, string info, params (string File, string Json)[] files)
    {
        var folder = ModelFolders.With(onnx, columns);
        File.AppendAllText(Path.Combine(folder.Model, "MLmodel"), $"\n{info}\n");
        foreach (var (file, json) in files)
            folder.Write($"model/{file}", json);
        return folder;
    }

    [Fact]
    public async Task A_logged_example_gives_every_case_with_the_models_own_answers()
    {
        using var folder = Logged(OnnxModels.Logistic([0.5f, 1], 0), ["age", "income"], Split, ("input_example.json", """{"columns": ["income", "age", "id"], "data": [[1.5, 0, "x"], [-2, 3, "y"]]}"""));
        var (text, outcome) = await Passed(folder);
        text.ShouldContain("reviewed: false");
        text.ShouldContain("# REVIEW: are these the answers that you want?");
        text.ShouldContain("columns: [\"income\", \"age\"]");
        text.ShouldContain("- equals: {values: [0.81757");
        text.ShouldNotContain("made");
        outcome.Rows.Select(r => r.Name).ShouldBe([
            "example-answer/1-equals", "example-answer/2-finite", "example-answer/3-schema", "example-answer/4-schema", "probability/1-between", "same-answer-again/1-deterministic",
            "batches-do-not-matter/1-batch_consistent", "column-order-does-not-matter/1-invariant", "bad-input-is-refused/1-status", "missing-column-is-refused/1-status"]);
    }

    [Fact]
    public async Task Without_an_example_rows_are_made_of_the_signatures_types_and_said_to_be()
    {
        using var folder = ModelFolders.With(OnnxModels.Regression([2, -1], 40), "age", "income");
        var (text, outcome) = await Passed(folder);
        text.ShouldContain("# REVIEW: the model was logged without an input example");
        text.ShouldContain("- [0, 0.125]");
        text.ShouldContain("these rows were made up");
        outcome.Rows.ShouldNotContain(r => r.Name.StartsWith("probability", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Probabilities_of_three_classes_are_looked_at_whole()
    {
        using var folder = Logged(OnnxModels.ThreeClasses(), ["a", "b", "c"], Split, ("input_example.json", """{"columns": ["a", "b", "c"], "data": [[1, 2, 3], [0, 0, 9]]}"""));
        var (text, outcome) = await Passed(folder);
        text.ShouldContain("output: {tensor: \"probabilities\"}");
        text.ShouldContain("schema: {names: [\"probabilities\", \"label\"]}");
        text.ShouldContain("schema: {dtype: FP32, shape: [-1, 3]}");
        outcome.Rows.ShouldContain(r => r.Name == "probabilities/2-sum");
    }

    [Fact]
    public async Task Maps_of_scikit_learn_are_probabilities_too()
    {
        using var folder = Logged(OnnxModels.ZipMap(), [], "saved_input_example_info: {artifact_path: input_example.json, type: ndarray, format: tf-serving}", ("input_example.json", """{"inputs": [[0.25], [0.5]]}"""));
        var (text, outcome) = await Passed(folder);
        text.ShouldContain("values: [[0.75, 0.25], [0.5, 0.5]]");
        outcome.Rows.ShouldContain(r => r.Name == "probabilities/1-between");
        outcome.Rows.ShouldContain(r => r.Name == "bad-input-is-refused/1-status");
    }

    public static TheoryData<string, string, string> Forms => new()
    {
        { "{artifact_path: input_example.json, type: dataframe, pandas_orient: split}", "input_example.json", """{"columns": ["a", "b"], "data": [[1, 2]]}""" },
        { "{artifact_path: input_example.json, type: dataframe, pandas_orient: split}", "input_example.json", """{"data": [[1, 2]]}""" },
        { "{artifact_path: input_example.json, type: dataframe, pandas_orient: values}", "input_example.json", "[[1, 2]]" },
        { "{artifact_path: input_example.json, type: dataframe, pandas_orient: records}", "input_example.json", """[{"b": 2, "a": 1}]""" },
        { "{artifact_path: input_example.json, type: ndarray, format: tf-serving}", "input_example.json", """{"inputs": {"b": [2], "a": [1]}}""" },
        { "{artifact_path: input_example.json, type: ndarray, format: tf-serving}", "input_example.json", """{"instances": [[1, 2]]}""" },
        { "{artifact_path: input_example.json, type: json_object}", "input_example.json", """{"b": 2, "a": 1}""" },
        { "{artifact_path: input_example.json, type: sparse_matrix_csr}", "input_example.json", """{"data": [1, 2], "indices": [0, 1], "indptr": [0, 2], "shape": [1, 2]}""" },
        { "{artifact_path: input_example.json, type: sparse_matrix_csc}", "input_example.json", """{"data": [1, 2], "indices": [0, 0], "indptr": [0, 1, 2], "shape": [1, 2]}""" },
        { "{artifact_path: input_example.json, type: dataframe, pandas_orient: split, params: 'true'}", "input_example.json", """{"inputs": {"columns": ["a", "b"], "data": [[1, 2]]}, "params": {"t": 1}}""" },
        { "{artifact_path: gone.json, serving_input_path: serving_input_example.json, type: json_object}", "serving_input_example.json", """{"dataframe_split": {"columns": ["a", "b"], "data": [[1, 2]]}, "params": {"t": 1}}""" },
        { "null", "serving_input_payload.json", """{"dataframe_records": [{"a": 1, "b": 2}]}""" },
        { "null", "input_example.json", """{"columns": ["a", "b"], "data": [[1, 2]]}""" },
    };

    [Theory, MemberData(nameof(Forms))]
    public async Task Every_form_in_which_MLflow_logs_an_example_is_read(string info, string file, string json)
    {
        using var folder = Logged(OnnxModels.Regression([10, 1], 0), ["a", "b"], $"saved_input_example_info: {info}", (file, json));
        var (text, _) = await Passed(folder);
        text.ShouldContain("- equals: {values: [12]}");
        text.ShouldNotContain("made up");
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("""{"columns": ["a"], "data": [[1]]}""", "lacks b")]
    [InlineData("""{"columns": ["a", "b"], "data": [["x", 1]]}""", "takes numbers")]
    public async Task An_example_that_the_model_cannot_take_is_named_and_rows_are_made(string json, string says)
    {
        using var folder = Logged(OnnxModels.Regression([10, 1], 0), ["a", "b"], Split, ("input_example.json", json));
        var (text, _) = await Passed(folder);
        text.ShouldContain(says);
        text.ShouldContain("rows below are made up");
    }

    [Fact]
    public async Task Columns_that_may_be_missing_are_asked_without_a_value_and_whole_numbers_may_not()
    {
        using var fraud = FraudModels.In(FraudModels.Good);
        var (text, outcome) = await Passed(fraud);
        text.ShouldContain("{set: {\"country\": null}}");
        text.ShouldContain("finite is left out, for it does not hold"); // it answers no number without an amount
        outcome.Rows.ShouldContain(r => r.Name == "missing-values-are-answered/1-status");

        using var whole = ModelFolders.With(OnnxModels.Echo(OnnxBuilder.Long), "n");
        (await Passed(whole)).Outcome.Rows.ShouldContain(r => r.Name == "missing-whole-number-is-refused/1-status");
    }

    [Fact]
    public async Task What_does_not_hold_stands_in_a_comment_and_the_suite_passes()
    {
        using var folder = ModelFolders.With(OnnxModels.NotANumber(), "x");
        var (text, _) = await Passed(folder);
        text.ShouldContain("# REVIEW: finite is left out, for it does not hold. Seen: score has NaN");
        text.ShouldNotContain("equals");
    }

    [Theory]
    [InlineData(OnnxBuilder.Float)]
    [InlineData(OnnxBuilder.Double)]
    [InlineData(OnnxBuilder.Bool)]
    [InlineData(OnnxBuilder.Text)]
    public async Task Inputs_of_any_kind_can_be_made(int kind)
    {
        using var folder = ModelFolders.With(OnnxModels.Echo(kind));
        (await Passed(folder)).Outcome.Rows.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_model_of_several_inputs_or_of_a_fixed_number_of_rows_has_one_too()
    {
        using var several = ModelFolders.With(OnnxModels.LikeMlNet(0.1f, 0.2f, 0));
        (await Passed(several)).Text.ShouldContain("columns: [\"age\", \"income\"]");
        using var two = ModelFolders.With(OnnxModels.TwoRowsAtATime());
        (await Passed(two)).Text.ShouldContain("batch_consistent");
    }

    [Fact]
    public async Task The_same_model_gives_the_same_bytes()
    {
        using var folder = ModelFolders.With(OnnxModels.ThreeClasses(), "a", "b", "c");
        (await Written(folder)).Value.ShouldBe((await Written(folder)).Value);
    }

    [Fact]
    public async Task Another_model_fails_it()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([0.5f, 1], 0), "age", "income");
        var suite = (await Written(folder)).Value;
        folder.Put(OnnxModels.Logistic([1, 0.5f], 0), "age", "income");
        var outcome = await Run(folder, suite);
        outcome.ExitCode.ShouldBe(1);
        outcome.Rows.ShouldContain(r => r.Name == "example-answer/1-equals" && r.State == OutcomeState.Failed);
    }

    [Fact]
    public async Task Names_and_texts_that_YAML_would_misread_come_back_as_they_were()
    {
        string[] columns = ["no: \"x\" #", "é\n\t\\", "null", "\u0001😀\u2028"];
        using var folder = Logged(OnnxModels.Regression([1, 2, 3, 4], 0), columns, Split,
            ("input_example.json", new JsonObject { ["columns"] = new JsonArray([.. columns.Select(c => JsonValue.Create(c))]), ["data"] = new JsonArray(new JsonArray(1, 2, 3, 1e-7)) }.ToJsonString()));
        var (text, _) = await Passed(folder);
        var suite = (InvariantSuite)SuiteFile.Load(folder.Write("s.yaml", text)).Value;
        suite.Cases[0].Questions[0].Input.Value.Columns.Select(c => c.Name).ShouldBe(columns);
        suite.Reviewed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_model_that_answers_nothing_is_refused_with_what_to_do()
    {
        using var folder = ModelFolders.With(OnnxModels.WeightsIn("gone.bin"), "x");
        (await Written(folder)).Refusal.ShouldNotBeNull();
        File.WriteAllText(Path.Combine(folder.Model, "MLmodel"), "flavors: {sklearn: {}}");
        (await Written(folder)).Refusal!.Message.ShouldContain("sklearn");
    }
}
