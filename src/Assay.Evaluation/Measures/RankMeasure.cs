using Assay.Evaluation.Measures.Slices;

namespace Assay.Evaluation.Measures;

/// <summary>
/// The rows in the order of their scores: AUC, average precision and calibration, over all rows and over each slice. One sorter for each class and model;
/// each row carries its truth and its slices along.
/// </summary>
internal sealed class RankMeasure : IRowMeasure, IDisposable
{
    const int Truth = 0, FirstSlice = 1;
    readonly Frame frame;
    readonly int partings;
    readonly RowSorter[] model, baseline;
    readonly PairedScores? pairs;

    public RankMeasure(Frame frame, IReadOnlyList<Parting> partings, bool paired)
    {
        (this.frame, this.partings) = (frame, partings.Count);
        model = [.. Enumerable.Range(0, frame.Width).Select(_ => new RowSorter(FirstSlice + partings.Count))];
        baseline = paired ? [.. Enumerable.Range(0, frame.Width).Select(_ => new RowSorter(FirstSlice + partings.Count))] : [];
        pairs = paired ? new(frame) : null;
    }

    public void Take(ScoredBatch batch)
    {
        pairs?.Take(batch);
        Span<ushort> facts = stackalloc ushort[FirstSlice + partings];
        for (var r = 0; r < batch.Rows; r++)
        {
            facts[Truth] = (ushort)batch.Truth[r];
            for (var p = 0; p < partings; p++)
                facts[FirstSlice + p] = (ushort)(batch.Slices[p][r] + 1);
            for (var c = 0; c < model.Length; c++)
                model[c].Add(batch.Model.Row(r)[c], facts);
            for (var c = 0; c < baseline.Length; c++)
                baseline[c].Add(batch.Baseline!.Row(r)[c], facts);
        }
    }

    /// <summary>Goes once through the rows of each class and model.</summary>
    public (RankBook Model, RankBook? Baseline) End(RowSums sums, RankNeeds needs)
    {
        RankBook Book(RowSorter[] sorters)
        {
            var book = new RankBook(frame, sums, partings, needs);
            for (var c = 0; c < sorters.Length; c++)
            {
                var positive = frame.Binary ? 1 : c;
                book.Begin(positive);
                sorters[c].Ascending((score, facts) => book.Add(score, facts[Truth] == positive, facts[FirstSlice..]));
            }
            return book;
        }
        var book = Book(model);
        pairs?.Into(book);
        return (book, baseline.Length == 0 ? null : Book(baseline));
    }

    public void Dispose()
    {
        foreach (var sorter in model.Concat(baseline))
            sorter.Dispose();
    }
}
