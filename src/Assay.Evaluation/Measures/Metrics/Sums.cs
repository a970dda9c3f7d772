using Assay.Statistics;
using Assay.Statistics.Resampling;

namespace Assay.Evaluation.Measures.Metrics;

/// <summary>All that was added up of one part of the rows for one model; metrics are read from it.</summary>
/// <param name="Table">Where each sum stands.</param>
/// <param name="Frame">What rows and scores mean.</param>
/// <param name="Rows">How many rows, whatever they weigh.</param>
/// <param name="OfClass">How many rows of each class.</param>
/// <param name="ByBucket">Each sum by bootstrap bucket.</param>
/// <param name="Replicates">Each sum in each bootstrap replicate.</param>
/// <param name="Ranks">What came of the rows in the order of their scores, for each class; null where nobody asked.</param>
internal sealed record Sums(TermTable Table, Frame Frame, long Rows, IReadOnlyList<long> OfClass, double[][] ByBucket, double[][] Replicates, IReadOnlyList<RankFacts>? Ranks)
{
    /// <summary>What is made of the sums over all rows, given in the order of the terms.</summary>
    public double Value(IReadOnlyList<Term> terms, BucketStatistic see)
    {
        Span<double> sums = stackalloc double[terms.Count];
        for (var t = 0; t < sums.Length; t++)
            sums[t] = Total(terms[t]);
        return see(sums);
    }

    /// <summary>A sum over all rows.</summary>
    public double Total(Term term)
    {
        var total = 0.0;
        foreach (var sum in ByBucket[Table[term]])
            total += sum;
        return total;
    }

    /// <summary>The bootstrap interval of what is made of sums.</summary>
    public Interval Bootstrap(IReadOnlyList<Term> terms, BucketStatistic see) =>
        BucketInterval.Of([.. terms.Select(t => ByBucket[Table[t]])], [.. terms.Select(t => Replicates[Table[t]])], see, Rows, Frame.Level);

    /// <summary>That of its difference to another model, both drawn with the same weights.</summary>
    public Interval Bootstrap(IReadOnlyList<Term> terms, BucketStatistic see, Sums baseline) =>
        BucketInterval.Of([.. terms.Select(t => ByBucket[Table[t]]), .. terms.Select(t => baseline.ByBucket[Table[t]])],
            [.. terms.Select(t => Replicates[Table[t]]), .. terms.Select(t => baseline.Replicates[Table[t]])], sums => see(sums[..terms.Count]) - see(sums[terms.Count..]), Rows, Frame.Level);
}
