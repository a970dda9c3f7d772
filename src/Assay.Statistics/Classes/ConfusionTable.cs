namespace Assay.Statistics.Classes;

/// <summary>How often a row of each class was predicted as each class; tables over parts of the rows add up.</summary>
/// <param name="classes">How many classes there are, at least 2.</param>
public sealed class ConfusionTable(int classes)
{
    readonly long[] counts = new long[classes * classes];

    /// <summary>How many classes there are.</summary>
    public int Classes { get; } = classes;

    /// <summary>How many rows of one class were predicted as another, both by index.</summary>
    public long this[int truth, int predicted] => counts[(truth * Classes) + predicted];

    /// <summary>Adds one row.</summary>
    public void Add(int truth, int predicted) => counts[(truth * Classes) + predicted]++;

    /// <summary>Adds the rows of another table of as many classes.</summary>
    public void Add(ConfusionTable other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Classes != Classes)
            throw new ArgumentException("Tables add up only over the same classes.", nameof(other));
        for (var i = 0; i < counts.Length; i++)
            counts[i] += other.counts[i];
    }

    /// <summary>One class against all others.</summary>
    public Confusion Of(int of)
    {
        long positives = 0, predicted = 0, rows = 0;
        for (var truth = 0; truth < Classes; truth++)
            for (var to = 0; to < Classes; to++)
            {
                var n = this[truth, to];
                rows += n;
                positives += truth == of ? n : 0;
                predicted += to == of ? n : 0;
            }
        var hits = this[of, of];
        return new(hits, predicted - hits, positives - hits, rows - positives - predicted + hits);
    }

    /// <summary>The mean of a figure over classes, each counting alike; NaN when one class has no value.</summary>
    public double Macro(Func<Confusion, double> figure) => Enumerable.Range(0, Classes).Average(of => figure(Of(of)));

    /// <summary>The mean of a figure over classes, each counting with its rows; NaN when a class that has rows has no value.</summary>
    public double Weighted(Func<Confusion, double> figure)
    {
        double sum = 0, rows = 0;
        for (var of = 0; of < Classes; of++)
            if (Of(of) is { Positives: > 0 } confusion)
                (sum, rows) = (sum + (confusion.Positives * figure(confusion)), rows + confusion.Positives);
        return sum / rows;
    }

    /// <summary>The share of rows predicted right, which is also the micro average of precision, recall and F1; NaN without rows.</summary>
    public double Accuracy
    {
        get
        {
            long hits = 0;
            for (var of = 0; of < Classes; of++)
                hits += this[of, of];
            return (double)hits / counts.Sum();
        }
    }

    /// <summary>The mean recall over classes; NaN when a class has no rows.</summary>
    public double BalancedAccuracy => Macro(confusion => confusion.Recall);
}
