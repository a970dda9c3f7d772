using System.Globalization;
using Assay.Evaluation.Data;
using Assay.Evaluation.Suites;
using Assay.Statistics;
using Assay.Statistics.Resampling;

namespace Assay.Evaluation.Measures.Tail;

/// <summary>A row that cost much.</summary>
/// <param name="Row">Its number in the data, from 1.</param>
/// <param name="Id">Its entity, where the suite declares one.</param>
/// <param name="Loss">What it cost.</param>
internal sealed record WorstRow(long Row, string? Id, double Loss);

/// <summary>The worst rows: what they cost, and which they are (evaluation.md §5).</summary>
internal sealed class TailMeasure : IRowMeasure, IDisposable
{
    const int Named = 20;
    readonly TailWish wish;
    readonly TailLoss loss;
    readonly string? entity;
    readonly double level;
    readonly BucketWeights weights;
    readonly TailSide model;
    readonly TailSide? baseline;
    readonly PriorityQueue<WorstRow, (double Loss, long Row)> worst = new();
    long rows;

    public TailMeasure(TailWish wish, Frame frame, string? entity, BucketWeights weights, bool paired)
    {
        (this.wish, this.entity, this.weights, level) = (wish, entity, weights, frame.Level);
        loss = new(frame, wish.Loss ?? TailLoss.Usual(frame.Task));
        model = new(loss, wish, weights.Buckets, level);
        baseline = paired ? new(loss, wish, weights.Buckets, level) : null;
    }

    /// <summary>The loss that was taken.</summary>
    public string Loss => loss.Name;

    /// <summary>The rows that cost most, the worst first.</summary>
    public IReadOnlyList<WorstRow> Worst => [.. worst.UnorderedItems.Select(w => w.Element).OrderByDescending(w => w.Loss).ThenBy(w => w.Row)];

    public void Take(ScoredBatch batch)
    {
        for (var r = 0; r < batch.Rows; r++)
        {
            var key = loss.Key(batch, batch.Model, r);
            model.Add(key, batch.Bucket[r]);
            baseline?.Add(loss.Key(batch, batch.Baseline!, r), batch.Bucket[r]);
            Name(batch, r, loss.Of(key));
        }
        rows += batch.Rows;
    }

    /// <summary>The numbers of the tail, as metrics.</summary>
    public IReadOnlyList<MetricResult> End()
    {
        model.Close();
        baseline?.Close();
        MetricResult Result(string name, double at, double value, double? other, Interval? interval, string? method, Interval? paired) => new(
            new(name, HigherIsBetter: false) { Level = at }, new(value, rows, interval, method),
            other is { } its ? new(its, value - its, paired, paired is null ? null : "paired-bootstrap") : null);
        List<MetricResult> results =
        [
            Result("worst_share_mean", wish.Worst, model.WorstMean, baseline?.WorstMean, Interval(1 - wish.Worst), "poisson-bootstrap", Paired(1 - wish.Worst)),
            Result("cvar", wish.Cvar, model.Cvar(wish.Cvar), baseline?.Cvar(wish.Cvar), Interval(wish.Cvar), "poisson-bootstrap", Paired(wish.Cvar)),
        ];
        foreach (var q in wish.Quantiles)
        {
            var (value, interval) = model.ErrorQuantile(q);
            results.Add(Result("abs_error_quantile", q, value, baseline?.ErrorQuantile(q).Value, interval, "order-statistic", null));
        }
        return results;
    }

    public void Dispose()
    {
        model.Dispose();
        baseline?.Dispose();
    }

    /// <summary>CVaR is a mean of c + (loss − c)₊/(1−q), and c may stay fixed while rows are drawn again (<see cref="Statistics.Tails.Cvar.Term"/>).</summary>
    Interval Interval(double q)
    {
        double[][] sums = [model.RowsOf, model.Beyond(q).Excess()];
        return BucketInterval.Of(sums, BucketBootstrap.Replicate(weights, sums), s => model.Beyond(q).Quantile + (s[1] / ((1 - q) * s[0])), rows, level);
    }

    Interval? Paired(double q)
    {
        if (baseline is null)
            return null;
        double[][] sums = [model.RowsOf, model.Beyond(q).Excess(), baseline.Beyond(q).Excess()];
        return BucketInterval.Of(sums, BucketBootstrap.Replicate(weights, sums),
            s => model.Beyond(q).Quantile - baseline.Beyond(q).Quantile + ((s[1] - s[2]) / ((1 - q) * s[0])), rows, level);
    }

    void Name(ScoredBatch batch, int row, double cost)
    {
        var order = (cost, -(batch.FirstRow + row));
        if (worst.Count == Named && worst.TryPeek(out _, out var least) && order.CompareTo((least.Loss, least.Row)) <= 0)
            return;
        worst.Enqueue(new(batch.FirstRow + row, entity is null ? null : Spelled(batch.Data[entity], row), cost), order);
        if (worst.Count > Named)
            worst.Dequeue();
    }

    static string? Spelled(DataVector vector, int row) => vector.IsMissing(row) ? null : vector.Texts?[row] ?? vector.Numbers![row].ToString("R", CultureInfo.InvariantCulture);
}
