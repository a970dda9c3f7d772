using System.Buffers.Binary;
using System.Text;
using Assay.Contracts;
using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Rows;
using Assay.Evaluation.Measures.Metrics;
using Assay.Evaluation.Measures.Ranking;
using Assay.Evaluation.Measures.Tail;
using Assay.Evaluation.Runners;
using Assay.Evaluation.Suites;
using Assay.Statistics.Resampling;

namespace Assay.Evaluation.Measures;

/// <summary>One model measured by one suite on rows: everything that needs its scores, in one pass.</summary>
internal sealed class SuiteMeasurement(EvaluationSuite suite, DataSet data, IProgress<EvaluationProgress>? progress) : IDisposable
{
    readonly BucketWeights weights = new(Seed(suite.Head.Digest, data.Digest), suite.Replicates);
    readonly RowDigests digests = new();
    readonly Probabilities probabilities = new();
    IReadOnlyList<Metric> metrics = [];
    RowSums? sums;
    RankMeasure? ranks;
    TailMeasure? tail;
    WeakRows? weak;
    RankingMeasure? ranking;
    Residuals? residuals;

    /// <summary>
    /// The seed of the bootstrap: the first 8 bytes of a hash over suite and data. The model is not in it, so that all models are measured
    /// on the same resamples.
    /// </summary>
    public static ulong Seed(Digest suite, Digest data) =>
        BinaryPrimitives.ReadUInt64BigEndian(Digest.Of(Encoding.UTF8.GetBytes(suite.ToString() + data)).Bytes);

    /// <summary>Measures; or why nothing could be.</summary>
    public async Task<Result<Measurement>> Run(IRunner model, IRunner? baseline, CancellationToken ct)
    {
        if (data.Rows == 0)
            return MeasureRefusals.Empty(suite.Data.Uri);
        var plan = Plan.Of(suite, model.Face, model.Signature, data);
        if (!plan.Ok)
            return plan.Refusal!;
        foreach (var parting in plan.Value.Partings)
            parting.Declare();
        Frame? frame = null;
        var pass = new ScoringPass(suite, data, model, baseline, weights);
        if (await pass.Run(plan.Value, f => Begin(frame = f, plan.Value, baseline is not null), progress, ct) is { } refusal)
            return refusal;
        progress?.Report(new("intervals", 0, 0));
        var measured = await Task.Run(() => End(plan.Value, frame!, ct), ct);
        if (weak is null)
            return measured;
        progress?.Report(new("searching for weak slices", 0, 0));
        return measured with { Weak = new(weak.Rows, await weak.Find(ct)) };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        digests.Dispose();
        ranks?.Dispose();
        tail?.Dispose();
    }

    IReadOnlyList<IRowMeasure> Begin(Frame frame, Plan plan, bool paired)
    {
        metrics = frame.Task == EvaluationTask.Ranking ? [] : [.. suite.Metrics.SelectMany(wish => MetricList.Of(wish, frame))];
        sums = new(frame, plan.Partings, weights, metrics.SelectMany(m => m.Terms), paired);
        // Curves are drawn of every classification, so ranks are needed even where no metric asks for them.
        ranks = frame is { Task: EvaluationTask.Classification, Weighted: false } ? new(frame, plan.Partings, paired) : null;
        tail = suite.Tail is { } wish && !frame.Weighted ? new(wish, frame, suite.Data.Entity, weights, paired) : null;
        weak = suite.Slices?.Discover is { } discover ? new(discover, plan, frame, suite.Tail, suite.Data.Entity, data.Rows) : null;
        residuals = frame.Task == EvaluationTask.Regression ? new(data.Rows) : null;
        ranking = frame.Task == EvaluationTask.Ranking ? new(suite.Metrics, frame, suite.Data.Query!, weights, paired) : null;
        return [.. new IRowMeasure?[] { new Fingerprints(digests), probabilities, sums, ranks, tail, weak, ranking, residuals }.OfType<IRowMeasure>()];
    }

    Measurement End(Plan plan, Frame frame, CancellationToken ct)
    {
        var book = ranks?.End(sums!, new(probabilities.Problem is null, metrics.Any(m => m.Wish.Name is "ece" or "calibration_error"), metrics.Any(m => m.Wish.Name == "pr_auc")));
        IReadOnlyList<MetricResult> Part(int parting, int slice)
        {
            var (its, other) = sums!.Of(parting, slice, book?.Model.Of(parting, slice), book?.Baseline?.Of(parting, slice));
            return [.. metrics.Select(m => One(m, its, other, parting >= 0))];
        }
        var slices = new List<SliceResult>();
        for (var p = 0; p < plan.Partings.Count; p++)
        {
            for (var s = 0; s < plan.Partings[p].Count; s++)
            {
                ct.ThrowIfCancellationRequested();
                var rows = sums!.Counts(p, s).Rows;
                slices.Add(new(plan.Partings[p][s], rows, rows < suite.Slices!.MinRows ? "too_small" : null, rows == 0 ? [] : Part(p, s)));
            }
        }
        return new(frame, digests.Fingerprint(ct), ranking?.End() ?? Part(-1, 0), [.. slices.OrderBy(s => s.Key.Title, StringComparer.Ordinal)], tail?.End(), tail?.Worst, tail?.Loss, Curves: book?.Model.Curves() ?? (residuals is null ? null : new() { ["residuals"] = residuals.Histogram() }));
    }

    MetricResult One(Metric metric, Sums its, Sums? other, bool slice)
    {
        var value = metric.NeedsProbability && probabilities.Problem is { } problem ? Measured.Failed(its.Rows, problem) : metric.Of(its);
        var small = slice && (its.Rows < suite.Slices!.MinRows || (metric.RestsOnClass is { } of && its.OfClass[of] < suite.Slices.MinPositives));
        return new(new(metric.Wish.Name, metric.HigherIsBetter)
        {
            Class = metric.Class,
            Average = metric.Average,
            Threshold = metric.HasThreshold ? metric.Wish.Threshold : null,
            Level = metric.Wish.Name == "pinball" ? metric.Wish.Quantile : null,
        }, value, value.Value is null || other is null ? null : metric.Against(its, other), small ? "too_small" : null);
    }

    /// <summary>Collects the digests of rows.</summary>
    sealed class Fingerprints(RowDigests into) : IRowMeasure
    {
        public void Take(ScoredBatch batch) => into.Add(batch.Digests);
    }
}
