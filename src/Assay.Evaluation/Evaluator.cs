using Assay.Contracts;
using Assay.Evaluation.Heldout;
using Assay.Evaluation.Invariants;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners;
using Assay.Evaluation.Runners.Onnx;
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
        return suite.Value switch
        {
            InvariantSuite invariants => await Check(modelFolder, invariants, options, progress, ct),
            EvaluationSuite evaluation => await Measure(modelFolder, evaluation, options, progress, ct),
            var other => throw new InvalidOperationException($"no runner for {other.GetType()}"),
        };
    }

    async Task<Result<EvaluationOutcome>> Check(string modelFolder, InvariantSuite suite, EvaluationOptions options, IProgress<EvaluationProgress>? progress, CancellationToken ct)
    {
        var session = await Open(modelFolder, options, ct);
        if (!session.Ok)
            return InvariantOutcome.Of(suite, InvariantRun.Failed(suite, session.Refusal!));
        await using var runner = session.Value.Session;
        // The other version is loaded only where a case is compared with it.
        Result<IRunner>? champion = options.Against is { } against && InvariantRun.NeedsChampion(suite) ? (Result<IRunner>?)(await Open(against, options, ct)).Map(o => o.Session) : null;
        await using var other = champion is { Ok: true } opened ? opened.Value : null;
        return InvariantOutcome.Of(suite, await InvariantRun.Of(suite, runner, champion, clock, progress, ct));
    }

    async Task<Result<EvaluationOutcome>> Measure(string modelFolder, EvaluationSuite suite, EvaluationOptions options, IProgress<EvaluationProgress>? progress, CancellationToken ct)
    {
        var opened = await DataFile.Open(suite.Data.Uri, suite.Head.Folder, ct);
        if (!opened.Ok)
            return opened.Refusal!;
        await using var data = opened.Value;
        if (suite.Data.Digest is { } wanted && wanted != data.Digest)
            return SuiteRefusals.OtherData(suite.Data.Uri, wanted, data.Digest);
        var seed = HeldoutMeasurement.Seed(suite.Head.Digest, data.Digest);
        var scores = await Scores(modelFolder, suite, data, options, progress, ct);
        Result<HeldoutScores>? baseline = null;
        if (options.Against is { } against && scores.Ok)
            baseline = await Scores(against, suite, data, options, progress, ct);
        var results = scores.Ok ? HeldoutMeasurement.Of(suite, scores.Value, baseline is { Ok: true } b ? b.Value : null, seed) : scores.Refusal!;
        var outcome = HeldoutOutcome.Of(suite, data, seed, options.Against is null ? null : options.AgainstDigest,
            results.Ok ? results.Value : HeldoutMeasurement.Failed(suite, results.Refusal!, data.Rows), results.Refusal, baseline?.Refusal);
        var parts = new List<EvaluationOutcome> { outcome };
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

    async Task<Result<HeldoutScores>> Scores(string modelFolder, EvaluationSuite suite, DataFile data, EvaluationOptions options, IProgress<EvaluationProgress>? progress, CancellationToken ct)
    {
        if (data.Rows == 0)
            return HeldoutRefusals.Empty(suite.Data.Uri);
        var session = await Open(modelFolder, options, ct);
        if (!session.Ok)
            return session.Refusal!;
        await using (session.Value.Session)
            return await HeldoutRows.Score(session.Value.Session, session.Value.Model, data, suite, progress, ct);
    }

    async Task<Result<(IRunner Session, ModelFolder Model)>> Open(string modelFolder, EvaluationOptions options, CancellationToken ct)
    {
        var model = ModelFolder.Open(modelFolder);
        if (!model.Ok)
            return model.Refusal!;
        var session = await OnnxRunner.Open(model.Value, options.Limits, options.Worker, clock, ct);
        return session.Map(s => ((IRunner)s, model.Value));
    }
}
