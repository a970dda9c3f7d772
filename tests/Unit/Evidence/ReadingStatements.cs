using System.Text;
using Assay.Contracts;
using Assay.Server.Evidence;
using CsCheck;

namespace Assay.Tests.Unit.Evidence;

public sealed class ReadingStatements
{
    static readonly Digest Version = Digest.Of("version");

    static readonly string Whole = $$$"""
        {"_type": "https://in-toto.io/Statement/v1", "subject": [{"name": "fraud", "digest": {"sha256": "{{{Version.Hex}}}"}}],
         "predicateType": "https://assay.dev/attestation/evaluation/v1",
         "predicate": {"kind": "heldout", "suite": {"name": "bar", "digest": {"sha256": "{{{Version.Hex}}}"}},
           "dataset": {"uri": "data/heldout.csv", "digest": {"sha256": "{{{Version.Hex}}}"}, "role": "heldout", "rows": 5000},
           "metrics": [{"name": "auc", "value": 0.85, "direction": "higher", "n": 5000, "ci": {"level": 0.95, "low": 0.82, "high": 0.88, "method": "delong"}}]}}
        """;

    static readonly string Probes = Whole.Replace("\"heldout\", \"suite\"", "\"invariants\", \"suite\"")
        .Replace("\"metrics\": [", "\"probes\": [{\"id\": \"p1\", \"expected\": {\"min\": 0, \"max\": 1}, \"actual\": 0.5, \"ok\": true}], \"metrics\": [");

    [Fact]
    public void A_whole_statement_is_read()
    {
        var read = Read(Whole).Value;
        read.Evaluation.Metrics[0].Interval!.Low.ShouldBe(0.82);
        read.Evaluation.Dataset!.Rows.ShouldBe(5000);
        Read(Probes).Value.Evaluation.Probes[0].Ok.ShouldBeTrue();
    }

    [Theory]
    [InlineData("\"value\": 0.85", "\"value\": \"0.85\"", "$.predicate.metrics[0].value", "JSON number")]
    [InlineData("\"value\": 0.85", "\"value\": \"NaN\"", "$.predicate.metrics[0].value", "finite")]
    [InlineData("\"value\": 0.85", "\"value\": 1e999", "$.predicate.metrics[0].value", "double")]
    [InlineData("\"value\": 0.85, ", "", "$.predicate.metrics[0].value", "null with 'error'")]
    [InlineData("\"low\": 0.82", "\"low\": 0.92", "$.predicate.metrics[0].ci.low", "at most high")]
    [InlineData("\"level\": 0.95", "\"level\": 95", "$.predicate.metrics[0].ci.level", "between 0 and 1")]
    [InlineData("\"level\": 0.95, ", "", "$.predicate.metrics[0].ci.level", "nothing")]
    [InlineData("\"n\": 5000", "\"n\": -1", "$.predicate.metrics[0].n", "whole number")]
    [InlineData("\"kind\": \"heldout\"", "\"kind\": \"holdout\"", "$.predicate.kind", "heldout")]
    [InlineData("\"kind\": \"heldout\"", "\"verdict\": \"passed\", \"kind\": \"heldout\"", "$.predicate.verdict", "judgement")]
    [InlineData("Statement/v1", "Statement/v0.1", "$._type", "Statement/v1")]
    [InlineData("evaluation/v1", "evaluation/v9", "$.predicateType", "evaluation/v1")]
    [InlineData("\"digest\": {\"sha256\"", "\"digest\": {\"md5\": \"ab\", \"sha256\"", "$.subject[0].digest.md5", "sha256")]
    [InlineData("\"role\": \"heldout\", \"rows\": 5000", "\"rows\": 1.5", "$.predicate.dataset.rows", "whole number")]
    public void Each_wrong_place_is_named_by_its_path(string from, string to, string path, string says)
    {
        Whole.ShouldContain(from);
        var refusal = Read(Whole.Replace(from, to)).Refusal.ShouldNotBeNull();
        var gap = refusal.Gaps.FirstOrDefault(g => g.Item == path).ShouldNotBeNull(refusal.Message);
        $"{gap.Wanted} {gap.Found} {gap.Mend}".ShouldContain(says);
    }

    [Fact]
    public void All_problems_are_told_at_once() =>
        Read(Whole.Replace("\"value\": 0.85", "\"value\": \"x\"").Replace("\"n\": 5000", "\"n\": \"many\"").Replace("Statement/v1", "x")).Refusal!.Gaps.Count.ShouldBeGreaterThanOrEqualTo(3);

    [Fact]
    public void A_statement_about_another_digest_is_refused() =>
        Read(Whole.Replace($"[{{\"name\": \"fraud\", \"digest\": {{\"sha256\": \"{Version.Hex}", $"[{{\"name\": \"fraud\", \"digest\": {{\"sha256\": \"{Digest.Of("other").Hex}")).Refusal!.Code.ShouldBe("evidence-of-another-digest");

    [Fact]
    public void Two_subjects_are_refused() =>
        Read(Whole.Replace("\"subject\": [", $"\"subject\": [{{\"digest\": {{\"sha256\": \"{Version.Hex}\"}}}}, ")).Refusal!.Gaps.ShouldContain(g => g.Item == "$.subject");

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"a\": 1, \"a\": 2}")]
    public void What_is_no_statement_is_refused(string text) => Read(text).Refusal!.Code.ShouldBe("malformed-evidence");

    [Fact]
    public void A_probe_that_says_it_held_against_its_own_numbers_is_refused() =>
        Read(Probes.Replace("\"actual\": 0.5", "\"actual\": 1.5")).Refusal!.Gaps.ShouldContain(g => g.Item == "$.predicate.probes[0].ok");

    [Fact]
    public void Whatever_bytes_come_in_they_are_read_or_refused_and_never_break()
    {
        string[] pieces = ["{", "}", "[", "]", "\"predicate\":", "null", "1e999", "\"\\ud800\"", ",", "\"kind\":\"heldout\"", "\"metrics\":", "true", "-0", "\"\""];
        Gen.OneOf(pieces).Array[0, 12].Sample(parts => Read(string.Concat(parts)).Ok.ShouldBeFalse());
        Gen.Select(Gen.Int[0, Whole.Length - 2], Gen.OneOf(pieces)).Sample((at, piece) => { _ = Read(Whole[..at] + piece + Whole[(at + 1)..]); });
    }

    static Result<SentStatement> Read(string text) => StatementReader.Read(Encoding.UTF8.GetBytes(text), Version);
}
