using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Documents;
using Assay.Contracts.Evidence;
using Assay.Plots.Reports;

namespace Assay.Tests.Unit.Plots;

/// <summary>Evidence of every kind about one version of a fraud model, as an evaluation writes it.</summary>
static class ReportExample
{
    public static readonly ReportHead Head = new("fraud", "v3", Digest.Of("fraud 3"));

    static readonly DateTimeOffset Night = new(2026, 11, 2, 2, 14, 0, TimeSpan.Zero);

    /// <summary>All six kinds.</summary>
    public static IReadOnlyList<ReportPiece> Pieces => [.. new[] { Heldout(), Slices(), Tail(), Skew(), Leakage(), Invariants() }.Select(Recorded)];

    /// <summary>A piece as a registry knows it.</summary>
    public static ReportPiece Recorded(string predicate) => new(Read(predicate)) { Id = Digest.Of(predicate), At = Night, By = "ci/fraud" };

    public static Contracts.Evidence.Evaluation Read(string predicate) => Contracts.Evidence.Evaluation.Read(new JsonMap(JsonNode.Parse(predicate)!.AsObject(), "$.predicate", []));

    /// <summary>A regression: residuals, no classes, no comparison.</summary>
    public static string Regression => $$$"""
        {"kind": "heldout", {{{Frame}}}, "metrics": [{"name": "rmse", "value": 24312.8, "n": 1460, "direction": "lower", "ci": {"level": 0.95, "low": 21100, "high": 28030, "method": "poisson-bootstrap", "approximate": true}},
          {"name": "mape", "value": null, "n": 1460, "error": "row 17 has the target 0"}],
         "curves": {"residuals": [{"from": null, "to": -60000, "n": 9}, {"from": -60000, "to": -30000, "n": 88}, {"from": -30000, "to": 0, "n": 640}, {"from": 0, "to": 30000, "n": 610}, {"from": 30000, "to": 60000, "n": 101}, {"from": 60000, "to": null, "n": 12}]}}
        """;

    const string Sha = """{"sha256": "1111111111111111111111111111111111111111111111111111111111111111"}""";

    const string Frame = $$$"""
        "suite": {"name": "fraud-heldout", "digest": {{{Sha}}} }, "evaluator": {"id": "ci/fraud", "code": {"gitCommit": "9b41f0e"}}, "runner": "onnx",
        "dataset": {"uri": "data/heldout.parquet", "digest": {{{Sha}}}, "role": "heldout", "rows": 182334, "rows_digest": {{{Sha}}} }, "baseline": {"digest": {"sha256": "56dbf12b5b04d2e646454307b0dfdbfaa5e6416329cc915cbb7fc844cf6f0c6f"}}
        """;

    static string Heldout()
    {
        var (roc, pr) = (Points(x => 1 - Math.Pow(1 - x, 9)), Points(x => 0.96 - (0.75 * x * x * x)));
        var bins = string.Join(',', Enumerable.Range(0, 10).Select(nth => Invariant($"{{\"mean\": {0.03 + (0.1 * nth):R}, \"share\": {Math.Round(0.03 + (0.1 * nth) + (nth == 7 ? -0.09 : 0.004), 4):R}, \"n\": {(nth > 7 ? 61 : 18233)}}}")));
        var scores = string.Join(',', Enumerable.Range(0, 20).Select(nth => Invariant($"{{\"from\": {nth / 20.0:R}, \"to\": {(nth + 1) / 20.0:R}, \"n\": {(long)(90000 / Math.Pow(1.7, nth)) + (nth * 9)}, \"positive\": {nth * 9}}}")));
        return $$$"""
            {"kind": "heldout", {{{Frame}}}, "metrics": [
              {"name": "auc", "value": 0.9431, "n": 182334, "direction": "higher", "ci": {"level": 0.95, "low": 0.9402, "high": 0.9459, "method": "delong"}, "baseline": 0.9408, "delta": 0.0023, "delta_ci": {"level": 0.95, "low": 0.0006, "high": 0.0040, "method": "paired-delong"}},
              {"name": "recall", "threshold": 0.3, "value": 0.684, "n": 1912, "direction": "higher", "ci": {"level": 0.95, "low": 0.663, "high": 0.705, "method": "clopper-pearson"}, "baseline": 0.679, "delta": 0.005, "delta_ci": {"level": 0.95, "low": -0.004, "high": 0.014, "method": "paired-bootstrap"}},
              {"name": "ece", "value": 0.0041, "n": 182334, "direction": "lower"},
              {"name": "mcc", "value": null, "n": 182334, "error": "the model answers one class only"}],
             "curves": {"roc": {{{roc}}}, "pr": {{{pr}}}, "reliability": [{{{bins}}}], "scores": [{{{scores}}}]}}
            """;
    }

    static string Slices() => $$$"""
        {"kind": "slices", {{{Frame}}}, "metrics": [{"name": "recall", "value": 0.684, "n": 182334, "direction": "higher", "ci": {"level": 0.95, "low": 0.663, "high": 0.705, "method": "clopper-pearson"}}],
         "slices": [
          {"by": {"country": "US"}, "rows": 74310, "metrics": [{"name": "recall", "value": 0.697, "n": 702, "direction": "higher", "ci": {"level": 0.95, "low": 0.662, "high": 0.729, "method": "clopper-pearson"}}]},
          {"by": {"country": "BR"}, "rows": 20112, "metrics": [{"name": "recall", "value": 0.610, "n": 288, "direction": "higher", "ci": {"level": 0.95, "low": 0.552, "high": 0.666, "method": "clopper-pearson"}}]},
          {"by": {"mcc": "5967", "new_card": true}, "rows": 42, "status": "too_small", "metrics": [{"name": "recall", "value": 0.5, "n": 6, "direction": "higher", "ci": {"level": 0.95, "low": 0.118, "high": 0.882, "method": "clopper-pearson"}}]},
          {"by": {"age": "<25", "hour": "night"}, "rows": 5480, "discovered": true, "confirmed": true, "score": 2.1, "effect": 0.62, "p_adjusted": 0.0004, "metrics": [{"name": "mean_loss", "value": 0.41, "n": 2733, "baseline": 0.1, "direction": "lower"}]},
          {"by": {"channel": "<phone>"}, "rows": 911, "discovered": true, "confirmed": false, "score": 0.7, "effect": 0.11, "p_adjusted": 0.38, "metrics": [{"name": "mean_loss", "value": 0.13, "n": 455, "baseline": 0.1, "direction": "lower"}]}]}
        """;

    static string Tail() => $$$"""
        {"kind": "tail", {{{Frame}}}, "loss": "log_loss", "metrics": [
          {"name": "cvar", "level": 0.95, "value": 1.42, "n": 182334, "direction": "lower", "ci": {"level": 0.95, "low": 1.36, "high": 1.49, "method": "poisson-bootstrap"}},
          {"name": "abs_error_quantile", "level": 0.99, "value": 0.91, "n": 182334, "direction": "lower", "ci": {"level": 0.95, "low": 0.9, "high": 0.93, "method": "order-statistic"}}],
         "worst": [{"row": 90211, "id": "card-17 & co", "loss": 9.21}, {"row": 17, "loss": 8.4}]}
        """;

    static string Skew() => $$$"""
        {"kind": "skew", {{{Frame}}}, "metrics": [
          {"name": "parity_max_abs", "value": 3.1e-7, "n": 2000, "threshold": 0.00001},
          {"name": "jsd", "class": "amount", "value": 0.021, "n": 2000, "threshold": 0.1, "ci": {"level": 0.95, "low": 0.012, "high": 0.034, "method": "poisson-bootstrap"}},
          {"name": "jsd", "class": "country", "value": 0.14, "n": 2000, "threshold": 0.1}]}
        """;

    static string Leakage() => $$$"""
        {"kind": "leakage", {{{Frame}}}, "metrics": [{"name": "overlap_rows", "value": 12, "n": 182334, "direction": "lower"}, {"name": "entity_overlap", "value": 0, "n": 91002, "direction": "lower"}]}
        """;

    static string Invariants() => $$$"""
        {"kind": "invariants", "suite": {"name": "fraud-invariants", "digest": {{{Sha}}} }, "reviewed": false, "probes": [
          {"id": "groceries-regular: between", "ok": true, "expected": {"max": 0.15}, "actual": 0.02},
          {"id": "more-amount-is-never-safer: monotone", "ok": false, "expected": {"monotone": {"direction": "increasing"}}, "actual": [0.1, 0.3, 0.2], "reason": "falls by 0.1 from step 2 to 3"},
          {"id": "no-country: finite", "ok": false, "expected": {"finite": true}, "actual": null, "error": "the model did not answer in 60 s"}]}
        """;

    static string Points(Func<double, double> of) => "[" + string.Join(',', Enumerable.Range(0, 51).Select(nth => Invariant($"[{nth / 50.0:R}, {Math.Round(of(nth / 50.0), 6):R}]"))) + "]";

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
