using Assay.Contracts;
using Assay.Evaluation;
using Assay.Tests.Builders;

namespace Assay.Tests.Unit.Evaluation;

public sealed class InvariantSuites
{
    const string Head = """
        apiVersion: assay/v1
        kind: InvariantSuite
        metadata: {name: loans, model: credit, severity: block}
        defaults: {timeout_ms: 20000, repeat: 2, atol: 1.0e-6}
        cases:

        """;

    const string Cases = """
          - name: rich
            why: pays back always
            input: {dataframe_split: {columns: [age, income], data: [[40, 9]]}}
            expect: [{between: {min: 0.9}}, {class: {equals: good}}, {finite: true}, {schema: {dtype: FP32, shape: [-1, 1], names: [score]}}]
          - name: poor
            input: {dataframe_records: [{income: -9, age: 40}]}
            expect: [{between: {max: 0.1}}, {class: {equals: "0"}}]
          - name: income-counts
            base: poor
            vary: {column: income, values: [-9, -3, 0, 3, 9]}
            expect: [{monotone: {direction: increasing, tolerance: 0.001}}, {between: {min: 0, max: 1}}]
          - name: names-do-not-count
            base: rich
            perturb: [{set: {name: A}}, {permute_columns: true}, {duplicate_row: 3}]
            expect: [{invariant: {atol: 1.0e-6}}]
          - name: rich-before-poor
            inputs: [rich, poor]
            expect: [{ordering: descending}]
          - name: again
            base: rich
            expect: [{deterministic: {repeat: 3, atol: 0}}, {length: 1}]
          - name: words-are-refused
            input: {dataframe_split: {columns: [age, income], data: [["abc", 1]]}}
            expect: [{status: [400, 422]}]

        """;

    static byte[] Good => OnnxModels.Logistic([0, 1], 0);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Task<Result<EvaluationOutcome>> Run(ModelFolders folder, string suite, EvaluationOptions? options = null) =>
        new Evaluator(TimeProvider.System).Run(folder.Model, folder.Write("suites/loans.yaml", suite), options ?? new(), null, Ct);

    [Fact]
    public async Task A_good_model_passes_every_expectation()
    {
        using var folder = ModelFolders.With(Good, "age", "income");
        var outcome = (await Run(folder, Head + Cases, new() { Model = "credit" })).Value;
        outcome.Rows.ShouldAllBe(r => r.State == OutcomeState.Passed, string.Join("\n", outcome.Rows));
        outcome.ExitCode.ShouldBe(0);
        var predicate = outcome.Predicates.ShouldHaveSingleItem();
        predicate.Kind.ShouldBe("invariants");
        var probe = predicate.Json["probes"]![0]!;
        ((string)probe["id"]!).ShouldBe("rich/1-between");
        probe["expected"]!.ToJsonString().ShouldBe("""{"min":0.9}""");
        ((double)probe["actual"]!).ShouldBe(0.9998766, 1e-6);
        ((bool)probe["ok"]!).ShouldBeTrue();
        ((string)probe["input"]!["digest"]!["sha256"]!).ShouldBe(CanonicalJson.DigestOf(System.Text.Json.Nodes.JsonNode.Parse("""{"dataframe_split":{"columns":["age","income"],"data":[[40,9]]}}""")).Hex);
        ((string)predicate.Json["suite"]!["digest"]!["sha256"]!).ShouldBe(Digest.Of(Head + Cases).Hex);
    }

    [Fact]
    public async Task The_same_inputs_give_the_same_bytes_of_evidence()
    {
        using var folder = ModelFolders.With(Good, "age", "income");
        var first = (await Run(folder, Head + Cases)).Value.Predicates[0].Json;
        var second = (await Run(folder, Head + Cases)).Value.Predicates[0].Json;
        CanonicalJson.Bytes(first).ShouldBe(CanonicalJson.Bytes(second));
    }

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "constant", OnnxModels.Logistic([0, 0], 0) },
        { "swapped columns", OnnxModels.Logistic([1, 0], -40) },
        { "log-odds", OnnxModels.Regression([0, 1], 0) },
        { "upside down", OnnxModels.Logistic([0, -1], 0) },
    };

    [Theory, MemberData(nameof(Broken))]
    public async Task A_broken_model_fails_and_the_reason_names_case_value_and_wish(string what, byte[] model)
    {
        using var folder = ModelFolders.With(model, "age", "income");
        var outcome = (await Run(folder, Head + Cases)).Value;
        outcome.Failed.ShouldBeTrue(what);
        outcome.Errored.ShouldBeFalse();
        outcome.ExitCode.ShouldBe(1);
        outcome.Rows.Where(r => r.State == OutcomeState.Failed).ShouldAllBe(r => !string.IsNullOrEmpty(r.Text));
        outcome.Predicates[0].Json["probes"]!.AsArray().ShouldContain(p => !(bool)p!["ok"]! && p["error"] == null && p["reason"] != null);
    }

    [Fact]
    public async Task A_model_that_answers_no_number_fails_and_evidence_holds_null()
    {
        using var folder = ModelFolders.With(OnnxModels.NotANumber(), "x");
        var outcome = (await Run(folder, Head + """
              - name: one
                input: {instances: [[1.5]]}
                expect: [{finite: true}, {between: {min: 0, max: 1}}, {monotone: {direction: increasing}}]
            """)).Value;
        outcome.Rows.Take(2).ShouldAllBe(r => r.State == OutcomeState.Failed);
        outcome.Rows[2].State.ShouldBe(OutcomeState.Error); // one answer is no line
        outcome.Predicates[0].Json["probes"]![1]!["actual"].ShouldBeNull();
        outcome.Rows[1].Text!.ShouldContain("NaN");
    }

    [Fact]
    public async Task A_model_that_does_not_load_makes_each_case_an_error()
    {
        using var folder = ModelFolders.With([1, 2, 3], "age", "income");
        var outcome = (await Run(folder, Head + Cases)).Value;
        outcome.Rows.Count.ShouldBe(13);
        outcome.Rows.ShouldAllBe(r => r.State == OutcomeState.Error);
        outcome.ExitCode.ShouldBe(2);
        outcome.Predicates[0].Json["probes"]!.AsArray().ShouldAllBe(p => !(bool)p!["ok"]! && (string)p["error"]! != "");
    }

    [Fact]
    public async Task A_model_that_hangs_is_an_error_within_the_time_of_the_suite()
    {
        using var folder = ModelFolders.With(OnnxModels.Hanging(), "x");
        var suite = Head.Replace("20000", "300") + """
              - {name: one, input: {instances: [[1]]}, expect: [{finite: true}]}
              - {name: two, input: {instances: [[2]]}, expect: [{finite: true}]}
            """;
        var outcome = (await Run(folder, suite, new() { Limits = new() { Restarts = 0 } })).Value;
        outcome.Rows.ShouldAllBe(r => r.State == OutcomeState.Error);
        outcome.Rows[0].Text!.ShouldContain("0.3 s");
        outcome.Rows[1].Text!.ShouldContain("as often as allowed");
    }

    [Fact]
    public async Task A_suite_whose_cases_are_all_skipped_fails()
    {
        using var folder = ModelFolders.With(Good, "age", "income");
        var outcome = (await Run(folder, Head + """
              - {name: one, skip: the data is being mended, input: {instances: [[1, 2]]}, expect: [{finite: true}]}
            """)).Value;
        outcome.Failed.ShouldBeTrue();
        outcome.Predicates[0].Json["probes"]!.AsArray().ShouldBeEmpty();
        ((string)outcome.Predicates[0].Json["skipped"]![0]!["reason"]!).ShouldBe("the data is being mended");
    }

    [Fact]
    public async Task A_suite_that_only_warns_fails_nothing_and_says_so()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([0, 0], 0), "age", "income");
        var outcome = (await Run(folder, Head.Replace("block", "warn") + Cases)).Value;
        outcome.ExitCode.ShouldBe(0);
        outcome.Messages.ShouldContain(m => m.Contains("severity warn"));
        outcome.Rows.ShouldContain(r => r.State == OutcomeState.Failed);
    }

    [Fact]
    public async Task A_suite_for_another_model_is_refused()
    {
        using var folder = ModelFolders.With(Good, "age", "income");
        (await Run(folder, Head + Cases, new() { Model = "fraud" })).Refusal!.Code.ShouldBe("suite-of-another-model");
    }

    [Fact]
    public async Task Probabilities_of_several_classes_are_looked_at_whole()
    {
        using var folder = ModelFolders.With(OnnxModels.ThreeClasses());
        var outcome = (await Run(folder, Head + """
              - name: softmax
                input: {v2: {inputs: [{name: input, datatype: FP32, shape: [1, 3], data: [5.1, 3.5, 1.4]}]}}
                output: {tensor: probabilities}
                expect: [{finite: true}, {sum: {equals: 1.0, atol: 1.0e-4, axis: -1}}, {between: {min: 0, max: 1}}, {schema: {dtype: FP32, shape: [-1, 3]}}, {argmax: 0}, {class: {equals: Adelie}}]
              - name: of-one-class
                input: {inputs: {input: [[1, 1, 1], [0, 0, 9]]}}
                output: {tensor: probabilities, class: Gentoo}
                expect: [{between: {min: 0.3}}, {ordering: ascending}]
            """)).Value;
        outcome.Rows.ShouldAllBe(r => r.State == OutcomeState.Passed, string.Join("\n", outcome.Rows));
    }

    [Fact]
    public async Task A_row_of_the_predictions_and_answers_from_a_file_are_compared()
    {
        using var folder = ModelFolders.With(OnnxModels.Regression([2], 1), "x");
        folder.Write("suites/cases/rows.json", """{"dataframe_split": {"columns": ["x"], "data": [[1], [2]]}}""");
        folder.Write("suites/cases/answers.json", """{"predictions": [{"variable": 3}, 5]}""");
        var outcome = (await Run(folder, Head + """
              - {name: parity, input: {file: cases/rows.json}, expect: [{equals: {file: cases/answers.json, atol: 1.0e-5}}]}
              - {name: second, input: {file: cases/rows.json}, output: {path: "predictions[1]"}, expect: [{equals: {value: 5}}, {one_of: [4, 5]}]}
              - {name: wrong, input: {file: cases/rows.json}, expect: [{equals: {values: [3, 6]}}]}
            """)).Value;
        outcome.Rows.Select(r => r.State).ShouldBe([OutcomeState.Passed, OutcomeState.Passed, OutcomeState.Passed, OutcomeState.Failed]);
        outcome.Rows[3].Text.ShouldBe("row 2 is 5, wanted 6");
    }

    [Fact]
    public async Task A_limit_that_the_models_float_answers_exactly_is_kept()
    {
        using var folder = ModelFolders.With(OnnxModels.Echo(OnnxBuilder.Float), "input");
        var outcome = (await Run(folder, Head + """
              - {name: edge, input: {instances: [[0.1]]}, expect: [{between: {min: 0.1, max: 0.1}}]}
              - {name: strict, input: {instances: [[0.1]]}, expect: [{between: {max: 0.1, inclusive: false}}]}
            """)).Value;
        outcome.Rows.Select(r => r.State).ShouldBe([OutcomeState.Passed, OutcomeState.Failed]);
        ((double)outcome.Predicates[0].Json["probes"]![0]!["actual"]!).ShouldBe(0.1); // within its own limits for whoever checks again
    }

    [Fact]
    public async Task A_report_is_written_that_needs_nothing_else()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([0, 0], 0), "age", "income");
        var outcome = (await Run(folder, Head + Cases)).Value;
        var to = Path.Combine(folder.Root, "out");
        await global::Assay.Evaluation.Reports.EvaluationReport.Write(outcome, new("credit <abc>", "", null), global::Assay.Evaluation.Reports.EvaluationReport.Pieces(outcome), null, to, Ct);
        var junit = System.Xml.Linq.XDocument.Load(Path.Combine(to, "junit.xml"));
        junit.Root!.Element("testsuite")!.Attribute("tests")!.Value.ShouldBe("13");
        int.Parse(junit.Root.Element("testsuite")!.Attribute("failures")!.Value).ShouldBeGreaterThan(0);
        var html = await File.ReadAllTextAsync(Path.Combine(to, "report.html"), Ct);
        html.ShouldContain("credit &lt;abc&gt;");
        html.ShouldNotContain("<script");
        System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(to, "results.json"), Ct))!["failed"]!.GetValue<bool>().ShouldBeTrue();
    }
}
