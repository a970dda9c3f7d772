using Assay.Contracts;
using Assay.Evaluation;
using Assay.Tests.Builders;

namespace Assay.Tests.Unit.Evaluation;

/// <summary>Expectations that ask more than once, of another version, or of a share of the rows; inputs of a log.</summary>
public sealed class FurtherExpectations
{
    const string Head = """
        apiVersion: assay/v1
        kind: InvariantSuite
        metadata: {name: loans, reviewed: false}
        defaults: {timeout_ms: 60000}
        cases:

        """;

    static Task<Result<EvaluationOutcome>> Run(ModelFolders folder, string cases, EvaluationOptions? options = null) =>
        new Evaluator(TimeProvider.System).Run(folder.Model, folder.Write("suites/loans.yaml", Head + cases), options ?? new(), null, TestContext.Current.CancellationToken);

    static async Task Gives(byte[] model, string cases, params OutcomeState[] wanted)
    {
        using var folder = ModelFolders.With(model, "x");
        var outcome = (await Run(folder, cases)).Value;
        outcome.Rows.Select(r => r.State).ShouldBe(wanted, string.Join("\n", outcome.Rows));
    }

    [Fact]
    public Task A_share_of_the_rows_is_enough_where_the_suite_says_so() => Gives(OnnxModels.Regression([1], 0), """
          - {name: most, input: {instances: [[1], [2], [3], [9]]}, expect: [{mostly: {share: 0.75, expect: {between: {max: 3}}}}, {mostly: {share: 0.8, expect: {between: {max: 3}}}}]}
        """, OutcomeState.Passed, OutcomeState.Failed);

    [Fact]
    public Task A_row_gets_the_same_answer_in_batches_of_any_size() => Gives(OnnxModels.Regression([2], 1), """
          - {name: batches, input: {instances: [[1], [2], [3]]}, expect: [{batch_consistent: {sizes: [1, 2, 8], atol: 0}}]}
        """, OutcomeState.Passed);

    [Fact]
    public Task An_answer_that_depends_on_its_neighbours_is_found() => Gives(new OnnxBuilder().Input("input", OnnxBuilder.Float, -1, 1).Output("score", OnnxBuilder.Float, -1, 1)
        .Node("ReduceMean", ["input"], ["mean"], OnnxBuilder.Whole("keepdims", 1)).Node("Sub", ["input", "mean"], ["score"]).Build(), """
          - {name: batches, input: {instances: [[1], [2], [3]]}, expect: [{batch_consistent: {sizes: [1], atol: 1.0e-6}}]}
        """, OutcomeState.Failed);

    [Fact]
    public Task The_greatest_classes_are_named() => Gives(OnnxModels.ThreeClasses(), """
          - name: top
            input: {inputs: {input: [[5, 1, 3]]}}
            output: {tensor: probabilities}
            expect: [{top_k: {k: 2, contains: [Adelie, Gentoo]}}, {top_k: {k: 1, contains: Gentoo}}, {top_k: {k: 1, contains: Emperor}}]
        """, OutcomeState.Passed, OutcomeState.Failed, OutcomeState.Error);

    [Fact]
    public Task Texts_match_a_pattern() => Gives(OnnxModels.Echo(OnnxBuilder.Text), """
          - {name: words, input: {instances: [["yes"], ["no"]]}, expect: [{regex: "^(yes|no)$"}, {regex: "^y"}]}
        """, OutcomeState.Passed, OutcomeState.Failed);

    [Fact]
    public async Task Times_are_measured_after_a_warm_up_and_shown()
    {
        using var folder = ModelFolders.With(OnnxModels.Regression([1], 0), "x");
        var outcome = (await Run(folder, """
              - {name: fast, input: {instances: [[1]]}, repeat: 20, warmup: 2, expect: [{latency: {p50_ms: 60000, p99_ms: 60000}}]}
              - {name: impossible, input: {instances: [[1]]}, repeat: 2, expect: [{latency: {p50_ms: 1.0e-9}}]}
            """)).Value;
        outcome.Rows.Select(r => r.State).ShouldBe([OutcomeState.Passed, OutcomeState.Failed]);
        ((int)outcome.Predicates[0].Json["probes"]![0]!["actual"]!["n"]!).ShouldBe(20);
    }

    [Fact]
    public async Task Another_version_is_compared_with_on_the_same_input_and_only_where_one_is_given()
    {
        const string cases = "  - {name: near, input: {instances: [[1], [2]]}, expect: [{champion_delta: {atol: 0.15}}, {champion_delta: {atol: 0.01}}]}\n";
        using var own = ModelFolders.With(OnnxModels.Regression([1], 0.1f), "x");
        using var champion = ModelFolders.With(OnnxModels.Regression([1], 0), "x");
        (await Run(own, cases, new() { Against = champion.Model })).Value.Rows.Select(r => r.State).ShouldBe([OutcomeState.Passed, OutcomeState.Failed]);
        var alone = (await Run(own, cases)).Value;
        alone.ExitCode.ShouldBe(2);
        alone.Rows[0].Text!.ShouldContain("--against");
    }

    [Fact]
    public async Task A_request_of_a_log_is_asked_again_and_frozen_by_its_digest()
    {
        using var folder = ModelFolders.With(OnnxModels.Regression([2], 1), "x");
        folder.Write("suites/log.jsonl", """
            {"request_id": "a", "input": {"instances": [[9]]}}
            {"request_id": "b", "input": {"instances": [[3]]}}
            """);
        string Case(string digest) => $"  - {{name: logged, input: {{from_log: {{uri: log.jsonl, request_id: b{digest}}}}}, expect: [{{equals: {{value: 7}}}}]}}\n";
        var frozen = CanonicalJson.DigestOf(System.Text.Json.Nodes.JsonNode.Parse("""{"instances": [[3]]}"""));
        (await Run(folder, Case(""))).Refusal!.Message.ShouldContain($"digest: {frozen}");
        (await Run(folder, Case($", digest: \"{Digest.Of("other")}\""))).Refusal!.Message.ShouldContain("not what the suite froze");
        (await Run(folder, Case($", digest: \"{frozen}\""))).Value.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_suite_that_nobody_reviewed_says_so_in_its_evidence()
    {
        using var folder = ModelFolders.With(OnnxModels.Regression([1], 0), "x");
        var outcome = (await Run(folder, "  - {name: one, input: {instances: [[1]]}, expect: [{finite: true}]}\n")).Value;
        ((bool)outcome.Predicates[0].Json["reviewed"]!).ShouldBeFalse();
        outcome.Messages.ShouldContain(m => m.Contains("not reviewed"));
    }
}
