using Assay.Statistics.Tails;

namespace Assay.Evaluation.Measures.Tail;

/// <summary>The losses beyond a quantile, added up by bucket while rows come from the worst on: CVaR and its interval are made of them.</summary>
/// <param name="q">The level, such as 0.95.</param>
/// <param name="rows">How many rows there are.</param>
/// <param name="buckets">How many bootstrap buckets.</param>
internal sealed class TailSums(double q, long rows, int buckets)
{
    readonly long quantileAt = rows - Quantiles.Rank(rows, q) + 1; // from the worst row on, from 1
    readonly double[] losses = new double[buckets];
    readonly long[] counts = new long[buckets];

    /// <summary>The quantile itself, in units of the loss.</summary>
    public double Quantile { get; private set; }

    /// <summary>Adds the next row; <paramref name="place"/> counts from the worst, from 1.</summary>
    public void Add(long place, double loss, int bucket)
    {
        if (place == quantileAt)
            Quantile = loss;
        if (place > quantileAt)
            return;
        losses[bucket] += loss;
        counts[bucket]++;
    }

    /// <summary>Σ (loss − quantile)₊ by bucket.</summary>
    public double[] Excess() => [.. losses.Select((sum, b) => sum - (counts[b] * Quantile))];
}
