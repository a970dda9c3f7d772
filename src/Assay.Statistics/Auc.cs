using Assay.Statistics.Ranking;
using MathNet.Numerics.Distributions;

namespace Assay.Statistics;

/// <summary>
/// The area under the ROC curve with DeLong's variance (DeLong, DeLong and Clarke-Pearson 1988), by midranks in O(n log n)
/// (Sun and Xu 2014). A tie between a positive and a negative counts one half.
/// </summary>
public sealed class Auc
{
    readonly double[] positives; // per positive: share of negatives below it (V10)
    readonly double[] negatives; // per negative: share of positives above it (V01)

    Auc(double[] positives, double[] negatives)
    {
        (this.positives, this.negatives) = (positives, negatives);
        Value = positives.Sum() / positives.Length;
        Variance = Covariance(positives, positives) + Covariance(negatives, negatives);
    }

    /// <summary>The area, in [0, 1].</summary>
    public double Value { get; }

    /// <summary>DeLong's variance of the area; NaN with fewer than two rows of either class.</summary>
    public double Variance { get; }

    /// <summary>The area of these scores. Null when a class is missing: there is nothing to compare. Throws on scores that are not finite.</summary>
    public static Auc? Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        if (scores.Length != labels.Length)
            throw new ArgumentException("There must be one label for each score.", nameof(labels));
        var (sorted, order) = Sorted(scores);
        var up = 0;
        foreach (var label in labels)
            up += label ? 1 : 0;
        var down = scores.Length - up;
        if (up == 0 || down == 0)
            return null;
        double[] positives = new double[up], negatives = new double[down];
        // Positives and negatives keep the order of the rows, so that two models on the same rows pair up.
        var place = new int[scores.Length];
        for (int i = 0, p = 0, n = 0; i < labels.Length; i++)
            place[i] = labels[i] ? p++ : n++;
        for (int from = 0, upBelow = 0, downBelow = 0; from < sorted.Length;)
        {
            int to = from, upHere = 0;
            for (; to < sorted.Length && sorted[to] == sorted[from]; to++)
                upHere += labels[order[to]] ? 1 : 0;
            var downHere = to - from - upHere;
            for (var i = from; i < to; i++)
                if (labels[order[i]])
                    positives[place[order[i]]] = (downBelow + (0.5 * downHere)) / down;
                else
                    negatives[place[order[i]]] = (up - upBelow - (0.5 * upHere)) / up;
            (upBelow, downBelow, from) = (upBelow + upHere, downBelow + downHere, to);
        }
        return new(positives, negatives);
    }

    /// <summary>The same area without the placements of its rows.</summary>
    public RankArea Area => new(Value, Covariance(positives, positives), Covariance(negatives, negatives), positives.Length, negatives.Length);

    /// <summary>Its interval, as <see cref="RankArea.Interval"/> finds it; all of [0, 1] with fewer than two rows of either class.</summary>
    public Interval Interval(double level = 0.95) => Area.Interval(level);

    /// <summary>This area minus another's on the same rows, with DeLong's paired variance and Student's t, clipped to [−1, 1].</summary>
    public (double Delta, Interval Interval) Minus(Auc other, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.positives.Length != positives.Length || other.negatives.Length != negatives.Length)
            throw new ArgumentException("Two areas are paired only on the same rows.", nameof(other));
        var shared = Covariance(positives, other.positives) + Covariance(negatives, other.negatives);
        var delta = Value - other.Value;
        return (delta, Student(delta, Math.Max(0, Variance + other.Variance - (2 * shared)), level));
    }

    /// <summary>With Student's t of the rarer class and not the normal quantile: with 20 positives that covers two in a hundred more.</summary>
    Interval Student(double delta, double variance, double level)
    {
        Statistics.Interval.Check(level);
        if (double.IsNaN(variance))
            return new(level, -1, 1) { Approximate = true };
        var fewer = Math.Min(positives.Length, negatives.Length);
        var half = StudentT.InvCDF(0, 1, fewer - 1, (1 + level) / 2) * Math.Sqrt(variance);
        return new Interval(level, delta - half, delta + half) { Approximate = positives.Length + negatives.Length < RankArea.LeastRows || fewer < RankArea.LeastOfAClass }.Clip(-1, 1);
    }

    /// <summary>The sample covariance of two components, divided by their number: one term of DeLong's variance.</summary>
    static double Covariance(double[] left, double[] right)
    {
        if (left.Length < 2)
            return double.NaN;
        double meanLeft = left.Average(), meanRight = right.Average(), sum = 0;
        for (var i = 0; i < left.Length; i++)
            sum += (left[i] - meanLeft) * (right[i] - meanRight);
        return sum / (left.Length - 1) / left.Length;
    }

    static (double[] Sorted, int[] Order) Sorted(ReadOnlySpan<double> scores)
    {
        var sorted = scores.ToArray();
        foreach (var score in sorted)
            if (!double.IsFinite(score))
                throw new ArgumentException("A score that is not finite has no rank.", nameof(scores));
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);
        return (sorted, order);
    }
}
