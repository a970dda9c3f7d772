using System.Buffers.Binary;
using System.Text;
using Assay.Contracts;
using Assay.Evaluation.Suites;
using Assay.Statistics;

namespace Assay.Evaluation.Heldout;

/// <summary>One metric of a held-out evaluation, as it was asked for and as it came out.</summary>
internal sealed record MetricResult(MetricWish Wish, Metric? Metric, Measured Value, Difference? Difference);

/// <summary>Scores into metrics. Pure.</summary>
internal static class HeldoutMeasurement
{
    /// <summary>
    /// The seed of the bootstrap: the first 8 bytes of a hash over suite and data. The model is not in it, so that all models are measured
    /// on the same resamples.
    /// </summary>
    public static ulong Seed(Digest suite, Digest data) =>
        BinaryPrimitives.ReadUInt64BigEndian(Digest.Of(Encoding.UTF8.GetBytes(suite.ToString() + data)).Bytes);

    /// <summary>All metrics without a value, each with the one reason.</summary>
    public static IReadOnlyList<MetricResult> Failed(EvaluationSuite suite, Refusal why, long rows) =>
        [.. suite.Metrics.Select(wish => new MetricResult(wish, Known(wish), Measured.Failed(rows, why.Message), null))];

    /// <summary>Each metric of the suite, and its difference to the baseline where there is one.</summary>
    public static Result<IReadOnlyList<MetricResult>> Of(EvaluationSuite suite, HeldoutScores model, HeldoutScores? baseline, ulong seed)
    {
        bool[] positive = [];
        if (suite.Task == EvaluationTask.Classification)
        {
            var named = Labels.Plain(suite.Output.Positive ?? "1");
            var classes = model.Labels.Distinct().Order(StringComparer.Ordinal).ToList();
            // A set of one class can still be scored for accuracy; a third class, or two without the positive one, is another question than the one asked.
            if (classes.Count > 2 || (classes.Count == 2 && !classes.Contains(named)) || (suite.Output.Positive is null && classes.Any(c => c is not ("0" or "1"))))
                return HeldoutRefusals.Classes(classes, named);
            positive = [.. model.Labels.Select(label => label == named)];
        }
        var buckets = model.Entities.Length > 0 ? Buckets.OfEntities(model.Entities) : Buckets.OfRows(model.Scores.Length);
        var bootstrap = new PoissonBootstrap(buckets, seed, suite.Replicates);
        var rows = new ScoredRows(model.Scores, positive, model.Truth, bootstrap, suite.Level);
        var other = baseline is null ? null : rows with { Scores = baseline.Scores };
        return suite.Metrics.Select(wish => One(suite, wish, rows, other)).ToList();
    }

    static MetricResult One(EvaluationSuite suite, MetricWish wish, ScoredRows rows, ScoredRows? other)
    {
        if (Known(wish) is not { } metric)
            return new(wish, null, Measured.Failed(rows.Count, $"{wish.Name} is not measured by this version"), null);
        if (metric.ForRegression != (suite.Task == EvaluationTask.Regression))
            return new(wish, metric, Measured.Failed(rows.Count, $"{wish.Name} is no metric of {suite.Task.ToString().ToLowerInvariant()}"), null);
        var value = metric.Of(rows, wish.Threshold);
        return new(wish, metric, value, other is null || value.Value is null ? null : metric.Against(rows, other, wish.Threshold));
    }

    static Metric? Known(MetricWish wish) => MetricList.All.FirstOrDefault(m => m.Name == wish.Name);
}
