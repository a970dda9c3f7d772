using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Documents;
using Assay.Contracts.Evidence;
using Assay.Evaluation;
using Assay.Tests.Builders;

namespace Assay.Tests.Unit.Evaluation;

/// <summary>Every kind of evidence keeps to the published schema, and the same inputs give the same bytes.</summary>
public sealed class PublishedPredicates
{
    const string Suite = """
        apiVersion: assay/v1
        kind: EvaluationSuite
        metadata: {name: loans}
        task: classification
        data: {uri: heldout.csv, label: bad, entity: card, time: at}
        metrics: [auc, pr_auc, accuracy, {name: recall, threshold: 0.3}, log_loss, ece]
        slices: {by: [region], discover: {predicates: 2, top: 3}}
        tail: {worst: 0.1, cvar: 0.9}
        train: {uri: train.csv}
        parity: {uri: heldout.csv, prediction: p}
        join: {uri: heldout.csv, key: id}
        invariants: [always.yaml]
        """;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static ModelFolders Folder()
    {
        var folder = ModelFolders.With(OnnxModels.Logistic([-1, 1], 0), "age", "income");
        string Rows(int from) => "id,age,income,bad,card,at,region,p\n" + string.Join("\n", Enumerable.Range(from, 600).Select(i =>
            FormattableString.Invariant($"{i},{i % 7},{i % 5},{(i * 31 % 11 < 4 ? 1 : 0)},c{i % 90},{i},{(i % 4 == 0 ? "EU" : "US")},0.5"))) + "\n";
        folder.Write("heldout.csv", Rows(0));
        folder.Write("train.csv", Rows(400));
        folder.Write("always.yaml", """
            apiVersion: assay/v1
            kind: InvariantSuite
            metadata: {name: always}
            cases:
              - {name: one, input: {instances: [[1, 2]]}, expect: [{finite: true}, {between: {min: 0, max: 1}}]}
              - {name: later, skip: not yet, input: {instances: [[1, 2]]}, expect: [{finite: true}]}
            """);
        folder.Write("suite.yaml", Suite);
        return folder;
    }

    static async Task<EvaluationOutcome> Run(ModelFolders folder) => (await new Evaluator(TimeProvider.System).Run(folder.Model, Path.Combine(folder.Root, "suite.yaml"),
        new() { Evaluator = new(new string('a', 40), false, Digest.Of("image")), Against = folder.Model, AgainstDigest = Digest.Of("champion") }, null, Ct)).Value;

    [Fact]
    public async Task All_kinds_keep_to_the_schema_and_are_the_same_bytes_when_measured_again()
    {
        using var folder = Folder();
        var (first, second) = (await Run(folder), await Run(folder));
        first.Predicates.Select(p => p.Kind).ShouldBe(["heldout", "slices", "tail", "leakage", "skew", "invariants"]);
        var schema = PredicateSchema.Read();
        foreach (var (one, again) in first.Predicates.Zip(second.Predicates))
        {
            schema.Problems(one.Json).ShouldBeEmpty(one.Kind);
            Convert.ToHexString(CanonicalJson.Bytes(again.Json)).ShouldBe(Convert.ToHexString(CanonicalJson.Bytes(one.Json)), one.Kind);
            ((string)one.Json["evaluator"]!["code"]!["gitCommit"]!).ShouldBe(new string('a', 40));
        }
    }

    [Fact]
    public async Task A_model_that_does_not_load_gives_predicates_that_keep_to_the_schema()
    {
        using var folder = Folder();
        folder.Put([1, 2, 3], "age", "income");
        foreach (var predicate in (await Run(folder)).Predicates)
            PredicateSchema.Read().Problems(predicate.Json).ShouldBeEmpty(predicate.Kind);
    }

    [Theory]
    [InlineData("""{"kind": "leakage", "metrics": [{"name": "overlap_rows", "value": null}]}""", "keeps to none")]
    [InlineData("""{"kind": "leakage", "metrics": []}""", "at least 1")]
    [InlineData("""{"kind": "tail", "metrics": [{"name": "cvar", "value": "3"}]}""", "$.metrics[0].value is \"3\"; wanted number or null")]
    [InlineData("""{"kind": "tail", "metrics": [{"name": "cvar", "value": 3, "ci": {"level": 1, "low": 0, "high": 1}}]}""", "exclusiveMaximum")]
    [InlineData("""{"kind": "gossip"}""", "wanted one of")]
    [InlineData("""{"kind": "review", "summary": "fine", "verdict": "passed"}""", "must not have")]
    [InlineData("""{"kind": "heldout", "metrics": [], "dataset": {"digest": {"md5": "00"}}}""", "'md5', which is not expected")]
    public void What_breaks_the_schema_is_said_with_its_path(string predicate, string says) =>
        PredicateSchema.Read().Problems(JsonNode.Parse(predicate)).ShouldContain(p => p.Contains(says));

    [Fact]
    public void A_keyword_that_is_not_checked_is_no_silence() =>
        Should.Throw<NotSupportedException>(() => JsonSchema.Parse("""{"dependentRequired": {}}""").Problems(new JsonObject()));
}
