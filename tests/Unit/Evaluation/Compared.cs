using System.Text.Json.Nodes;
using Assay.Evaluation;
using Assay.Tests.Builders;

namespace Assay.Tests.Unit.Evaluation;

/// <summary>A logistic model sigmoid(income − age) and a suite whose data a test writes itself.</summary>
internal sealed class Compared : IDisposable
{
    readonly ModelFolders folder;

    public Compared(ModelFolders? folder = null) => this.folder = folder ?? ModelFolders.With(OnnxModels.Logistic([-1, 1], 0), "age", "income");

    public string Data { get; init; } = "uri: heldout.csv, label: bad";

    public string Task { get; init; } = "classification";

    /// <summary>What else the suite says.</summary>
    public string More { get; init; } = "";

    public Compared With(string file, string text)
    {
        folder.Write(file, text);
        return this;
    }

    public string Path(string file) => System.IO.Path.Combine(folder.Root, file);

    public async Task<EvaluationOutcome> Run()
    {
        var suite = folder.Write("suite.yaml", $$"""
            apiVersion: assay/v1
            kind: EvaluationSuite
            metadata: {name: loans}
            task: {{Task}}
            data: { {{Data}} }
            {{More}}
            """);
        return (await new Evaluator(TimeProvider.System).Run(folder.Model, suite, new(), null, TestContext.Current.CancellationToken)).Value;
    }

    public static JsonObject Predicate(EvaluationOutcome outcome, string kind) => outcome.Predicates.Single(p => p.Kind == kind).Json;

    public static JsonObject Metric(EvaluationOutcome outcome, string kind, string name, string? feature = null) =>
        Predicate(outcome, kind)["metrics"]!.AsArray().Single(m => (string)m!["name"]! == name && (feature is null || (string?)m["feature"] == feature))!.AsObject();

    public static double? Value(EvaluationOutcome outcome, string kind, string name, string? feature = null) => (double?)Metric(outcome, kind, name, feature)["value"];

    public void Dispose() => folder.Dispose();
}
