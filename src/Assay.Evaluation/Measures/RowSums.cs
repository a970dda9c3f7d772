using Assay.Evaluation.Measures.Metrics;
using Assay.Evaluation.Measures.Slices;
using Assay.Statistics.Resampling;

namespace Assay.Evaluation.Measures;

/// <summary>
/// Everything that is added up: over all rows, and over each slice by itself, for the model and the one compared with. Memory depends on the number of
/// slices and not on that of the rows.
/// </summary>
internal sealed class RowSums : IRowMeasure
{
    readonly Frame frame;
    readonly BucketWeights weights;
    readonly TermTable table;
    readonly int width;
    readonly BucketSums all;
    readonly List<BucketSums>[] slices;
    double[] adds = [];

    public RowSums(Frame frame, IReadOnlyList<Parting> partings, BucketWeights weights, IEnumerable<Term> terms, bool paired)
    {
        (this.frame, this.weights, table) = (frame, weights, new(frame, terms));
        width = paired ? 2 * table.Count : table.Count;
        all = Fresh();
        slices = [.. partings.Select(_ => new List<BucketSums>())];
    }

    /// <summary>How many slices of a parting have rows.</summary>
    public int Slices(int parting) => slices[parting].Count;

    /// <summary>How many rows of each class a slice has; all rows where <paramref name="parting"/> is −1.</summary>
    public (long Rows, IReadOnlyList<long> OfClass) Counts(int parting, int slice) => Part(parting, slice) is { } part ? (part.Rows, part.OfClass) : (0, new long[frame.Truths]);

    public void Take(ScoredBatch batch)
    {
        if (adds.Length < batch.Rows * width)
            adds = new double[batch.Rows * width];
        table.Fill(batch, batch.Model, adds, 0, width);
        if (batch.Baseline is { } baseline)
            table.Fill(batch, baseline, adds, table.Count, width);
        for (var p = 0; p < slices.Length; p++)
            foreach (var slice in batch.Slices[p])
                while (slice >= slices[p].Count)
                    slices[p].Add(Fresh());
        for (var r = 0; r < batch.Rows; r++)
        {
            var row = adds.AsSpan(r * width, width);
            var truth = batch.Truth.Length > 0 ? batch.Truth[r] : 0;
            all.Add(batch.Bucket[r], row, truth);
            for (var p = 0; p < slices.Length; p++)
                if (batch.Slices[p][r] is >= 0 and var slice)
                    slices[p][slice].Add(batch.Bucket[r], row, truth);
        }
    }

    /// <summary>The sums of one slice (all rows where <paramref name="parting"/> is −1) for the model and the one compared with.</summary>
    public (Sums Model, Sums? Baseline) Of(int parting, int slice, IReadOnlyList<RankFacts>? ranks, IReadOnlyList<RankFacts>? others)
    {
        var part = Part(parting, slice) ?? Fresh();
        var sums = part.ByTerm();
        var replicates = BucketBootstrap.Replicate(weights, sums, Environment.ProcessorCount);
        Sums Half(int from, IReadOnlyList<RankFacts>? its) => new(table, frame, part.Rows, part.OfClass, sums[from..(from + table.Count)], replicates[from..(from + table.Count)], its);
        return (Half(0, ranks), width > table.Count ? Half(table.Count, others) : null);
    }

    BucketSums? Part(int parting, int slice) => parting < 0 ? all : slice < slices[parting].Count ? slices[parting][slice] : null;

    BucketSums Fresh() => new(weights.Buckets, width, frame.Truths);
}
