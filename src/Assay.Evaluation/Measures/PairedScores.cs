using Assay.Statistics;

namespace Assay.Evaluation.Measures;

/// <summary>
/// The scores of both models on the same rows, for DeLong's paired interval of the difference of areas, which needs them side by side. Kept in memory for
/// so many rows; over more, the difference is published without an interval.
/// </summary>
internal sealed class PairedScores(Frame frame)
{
    /// <summary>The most scores that are kept of each model: 32 MB.</summary>
    public const int Most = 1 << 22;

    readonly List<double> model = [], baseline = [];
    readonly List<int> truth = [];
    readonly List<int[][]> slices = [];
    bool full;

    public void Take(ScoredBatch batch)
    {
        full |= model.Count + batch.Model.Scores.Length > Most;
        if (full)
            return;
        model.AddRange(batch.Model.Scores);
        baseline.AddRange(batch.Baseline!.Scores);
        truth.AddRange(batch.Truth);
        slices.Add(batch.Slices);
    }

    /// <summary>Notes the interval at the area of each slice and class.</summary>
    public void Into(RankBook book)
    {
        if (full || truth.Count == 0)
            return;
        book.Pair(-1, 0, Of([.. Enumerable.Range(0, truth.Count)]));
        for (var p = 0; p < slices[0].Length; p++)
        {
            var rows = new Dictionary<int, List<int>>();
            var at = 0;
            foreach (var batch in slices)
                foreach (var slice in batch[p])
                {
                    if (slice >= 0)
                        (rows.TryGetValue(slice, out var list) ? list : rows[slice] = []).Add(at);
                    at++;
                }
            foreach (var (slice, list) in rows)
                book.Pair(p, slice, Of(list));
        }
    }

    IReadOnlyList<Interval?> Of(IReadOnlyList<int> rows) => [.. Enumerable.Range(0, frame.Width).Select(c =>
    {
        var positive = frame.Binary ? 1 : c;
        bool[] labels = [.. rows.Select(r => truth[r] == positive)];
        double[] Scores(List<double> of) => [.. rows.Select(r => of[(r * frame.Width) + c])];
        return Auc.Of(Scores(model), labels) is { } mine && Auc.Of(Scores(baseline), labels) is { } other ? mine.Minus(other, frame.Level).Interval : (Interval?)null;
    })];
}
