using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Evaluation.Data;
using Assay.Evaluation.Leakage;
using Assay.Evaluation.Measures;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners;
using Assay.Evaluation.Skew;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Comparisons;

/// <summary>The kinds of evidence that compare the held-out rows, and the served model, with training: <c>leakage</c> and <c>skew</c>.</summary>
internal sealed class Comparison(EvaluationSuite suite, DataSet data, ComparedData compared, Predicates predicates)
{
    readonly List<string> messages = [];

    /// <summary>Does the suite ask for any?</summary>
    public static bool IsAsked(EvaluationSuite suite) => suite.Train is not null || suite.Parity is not null || suite.Join is not null;

    /// <summary>Measures with a model that can be asked.</summary>
    public async Task<EvaluationOutcome> Of(IRunner model, ModelSignature? signature, IProgress<EvaluationProgress>? progress, CancellationToken ct)
    {
        var plan = Plan.Of(suite with { Slices = null }, model.Face, signature, data);
        if (!plan.Ok)
            return Failed(plan.Refusal!);
        TrainComparison? train = null;
        if (suite.Train is not null)
        {
            progress?.Report(new("comparing with the training data", 0, 0));
            train = new(suite, data, compared, plan.Value);
            if (await train.Run(ct) is { } refusal)
                return Failed(refusal);
        }
        var skew = new List<MetricResult>(train?.Skew ?? []);
        if (compared.Parity is { } logged)
        {
            progress?.Report(new("comparing with the pipeline's own answers", 0, 0));
            skew.AddRange(await new ParityMeasure(suite, logged, model, signature).Run(ct));
        }
        if (compared.Join is { } anew)
            skew.AddRange(await new JoinMeasure(suite.Join!, data, anew, [.. plan.Value.Inputs.Select(c => new Data.Rows.RowColumn(c, plan.Value.Numbers.Contains(c)))], suite.Level).Run(ct));
        return Outcome(train, train?.Leakage ?? [], skew);
    }

    /// <summary>Nothing could be measured, and why: in the evidence too, so that nobody takes silence for a result.</summary>
    public EvaluationOutcome Failed(Refusal why)
    {
        messages.Add($"{suite.Head.Name}: leakage and skew could not be measured. {why.Message} {why.Mend}");
        MetricResult[] leakage = suite.Train is null ? [] : [.. RowLeakage.OfRows.Select(name => Facts.Failed(name, data.Rows, why.Message))];
        return Outcome(null, leakage,
        [
            .. compared.Train is null ? [] : new[] { Facts.Failed("schema_mismatches", 0, why.Message) },
            .. compared.Parity is { } logged ? ParityMeasure.Failed(logged.Rows, why.Message) : [],
            .. compared.Join is null ? [] : new[] { Facts.Failed("join_missing_keys", data.Rows, why.Message) },
        ]);
    }

    EvaluationOutcome Outcome(TrainComparison? train, IReadOnlyList<MetricResult> leakage, IReadOnlyList<MetricResult> skew)
    {
        var parts = new List<EvaluationOutcome>();
        if (leakage.Count > 0)
            parts.Add(ComparisonOutcome.Of(suite.Head.Name, Head("leakage", train), leakage));
        if (skew.Count > 0)
            parts.Add(ComparisonOutcome.Of(suite.Head.Name, Skew(train), skew));
        return EvaluationOutcome.Of([.. parts, new([], [], messages, Failed: false, Errored: false)]);
    }

    JsonObject Skew(TrainComparison? train)
    {
        var head = Head("skew", train);
        if (compared.Reference is { } reference)
            head["reference"] = ComparisonOutcome.Set(suite.Reference!.Uri, reference, "reference");
        if (compared.Parity is { } logged)
            head["parity"] = ComparisonOutcome.Set(suite.Parity!.Uri, logged, "parity");
        if (compared.Join is { } anew)
            head["join"] = ComparisonOutcome.Set(suite.Join!.Uri, anew, "join");
        if (train is { Mismatches.Count: > 0 })
            head["mismatches"] = train.Mismatches;
        return head;
    }

    JsonObject Head(string kind, TrainComparison? train)
    {
        var head = predicates.Head(kind, train?.Rows);
        var its = compared.Train is { } set ? ComparisonOutcome.Set(suite.Train!.Uri!, set, "train")
            : compared.Digests is { } digests ? new() { ["digests"] = suite.Train!.Digests, ["role"] = "train", ["rows"] = digests.Rows } : null;
        if (its is null)
            return head;
        if (train?.TrainRows is { } root)
            its["rows_digest"] = Predicate.Sha(root);
        head["train"] = its;
        return head;
    }
}
