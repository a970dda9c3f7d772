using Assay.Contracts;
using Assay.Evaluation.Comparisons;
using Assay.Evaluation.Data;
using Assay.Evaluation.Invariants;
using Assay.Evaluation.Measures;
using Assay.Evaluation.Runners;
using Assay.Evaluation.Runners.Judgements;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation;

/// <summary>
/// Measures a model folder by a suite. Knows no server: what it finds out is for the caller to post. A suite or data that cannot be used is a refusal;
/// a model that cannot be used is a measurement, namely an error in everything that was asked.
/// </summary>
public sealed class Evaluator(TimeProvider clock)
{
    /// <summary>Runs a suite file of either kind.</summary>
    public async Task<Result<EvaluationOutcome>> Run(string modelFolder, string suitePath, EvaluationOptions options, IProgress<EvaluationProgress>? progress, CancellationToken ct)
    {
        var suite = SuiteFile.Load(suitePath);
        if (!suite.Ok)
            return suite.Refusal!;
        if (options.Model is { } model && suite.Value.Head.Model is { } its && its != model)
            return SuiteRefusals.OtherModel(suite.Value.Head.Name, its, model);
        progress?.Report(new($"suite {suite.Value.Head.Name}: loading the model", 0, 0));
        if (await Elsewhere(modelFolder, options, ct) is { } elsewhere)
            return elsewhere;
        var outcome = suite.Value switch
        {
            InvariantSuite invariants => await Check(modelFolder, invariants, options, progress, ct),
            EvaluationSuite evaluation => await Measure(modelFolder, evaluation, options, progress, ct),
            var other => throw new InvalidOperationException($"no runner for {other.GetType()}"),
        };
        if (!outcome.Ok)
            return outcome;
        foreach (var predicate in outcome.Value.Predicates)
        {
            predicate.Json.TryAdd("runner", options.Runner.ToJson());
            if (options.Evaluator?.ToJson() is { } facts)
                predicate.Json["evaluator"] = facts;
        }
        return outcome.Value with { Runner = options.Runner };
    }

    /// <summary>An endpoint that is not there, or serves another version, tells nothing about this one: then there is no measurement, not even a failed one.</summary>
    async Task<Refusal?> Elsewhere(string modelFolder, EvaluationOptions options, CancellationToken ct)
    {
        if (options.Runner.Kind == RunnerKind.Onnx)
            return null;
        var opened = await Open(modelFolder, options.Runner, options, ct);
        if (opened.Ok)
            await opened.Value.DisposeAsync();
        return opened.Refusal is { Kind: RefusalKind.Conflict or RefusalKind.Unavailable } refusal ? refusal : null;
    }

    async Task<Result<EvaluationOutcome>> Check(string modelFolder, InvariantSuite suite, EvaluationOptions options, IProgress<EvaluationProgress>? progress, CancellationToken ct)
    {
        var opened = await Open(modelFolder, options.Runner, options, ct);
        if (!opened.Ok)
            return InvariantOutcome.Of(suite, InvariantRun.Failed(suite, opened.Refusal!));
        await using var runner = opened.Value;
        // The other version is loaded only where a case is compared with it.
        Result<IRunner>? champion = options.Against is { } against && InvariantRun.NeedsChampion(suite) ? (Result<IRunner>?)await Open(against, RunnerChoice.Onnx, options, ct) : null;
        await using var other = champion is { Ok: true } its ? its.Value : null;
        return InvariantOutcome.Of(suite, await InvariantRun.Of(suite, runner, champion, clock, progress, ct));
    }

    async Task<Result<EvaluationOutcome>> Measure(string modelFolder, EvaluationSuite suite, EvaluationOptions options, IProgress<EvaluationProgress>? progress, CancellationToken ct)
    {
        var opened = await DataSet.Open(new(suite.Data.Uri, suite.Head.Folder, suite.Data.Digest), options.Sources, ct);
        if (!opened.Ok)
            return opened.Refusal!;
        await using var data = opened.Value;
        var others = await ComparedData.Open(suite, options.Sources, ct);
        if (!others.Ok)
            return others.Refusal!;
        await using var compared = others.Value;
        var parts = new List<EvaluationOutcome> { await Rows(modelFolder, suite, data, options, progress, ct) };
        if (Comparison.IsAsked(suite))
            parts.Add(await Compare(modelFolder, suite, new(suite, data, compared, new(suite, data, options, paired: false)), options, progress, ct));
        foreach (var path in suite.Invariants)
        {
            var nested = SuiteFile.Load(path);
            if (!nested.Ok)
                return nested.Refusal!;
            if (nested.Value is not InvariantSuite invariants)
                return SuiteRefusals.NoInvariants(path);
            var part = await Check(modelFolder, invariants, options, progress, ct);
            if (!part.Ok)
                return part;
            parts.Add(part.Value);
        }
        return EvaluationOutcome.Of(parts);
    }

    async Task<EvaluationOutcome> Rows(string modelFolder, EvaluationSuite suite, DataSet data, EvaluationOptions options, IProgress<EvaluationProgress>? progress, CancellationToken ct)
    {
        var measured = await Score(modelFolder, options.Against, suite, data, options, progress, ct);
        if (measured.Ok || options.Against is null)
            return SuiteOutcome.Of(suite, new(suite, data, options, paired: options.Against is not null), measured, null);
        // It may be the other version that cannot be measured; then this one is measured without a comparison.
        var alone = await Score(modelFolder, null, suite, data, options, progress, ct);
        return SuiteOutcome.Of(suite, new(suite, data, options, paired: false), alone, alone.Ok ? measured.Refusal : null);
    }

    async Task<Result<Measurement>> Score(string modelFolder, string? against, EvaluationSuite suite, DataSet data, EvaluationOptions options, IProgress<EvaluationProgress>? progress, CancellationToken ct)
    {
        using var measurement = new SuiteMeasurement(suite, data, progress);
        var model = suite.Judgements is { } judgements
            ? (await JudgementRunner.Open(judgements, suite.Head.Folder, options.Sources, ct)).Map(j => (IRunner)j)
            : await Open(modelFolder, options.Runner, options, ct);
        if (!model.Ok)
            return model.Refusal!;
        await using var runner = model.Value;
        // Judgements are about one version's texts; there are none of another's to compare with.
        if (against is null || suite.Judgements is not null)
            return await measurement.Run(runner, null, ct);
        var other = await Open(against, RunnerChoice.Onnx, options, ct);
        if (!other.Ok)
            return other.Refusal!;
        await using var baseline = other.Value;
        return await measurement.Run(runner, baseline, ct);
    }

    async Task<EvaluationOutcome> Compare(string modelFolder, EvaluationSuite suite, Comparison comparison, EvaluationOptions options, IProgress<EvaluationProgress>? progress, CancellationToken ct)
    {
        var model = suite.Judgements is { } judgements
            ? (await JudgementRunner.Open(judgements, suite.Head.Folder, options.Sources, ct)).Map(j => (IRunner)j)
            : await Open(modelFolder, options.Runner, options, ct);
        if (!model.Ok)
            return comparison.Failed(model.Refusal!);
        await using var runner = model.Value;
        return await comparison.Of(runner, runner.Signature, progress, ct);
    }

    Task<Result<IRunner>> Open(string modelFolder, RunnerChoice choice, EvaluationOptions options, CancellationToken ct) =>
        choice.Open(modelFolder, options.Model, options.Digest, options.Limits, options.Worker, clock, ct);
}
