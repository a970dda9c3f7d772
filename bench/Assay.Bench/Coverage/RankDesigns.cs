using Assay.Statistics;
using Assay.Statistics.Ranking;

namespace Assay.Bench.Coverage;

/// <summary>Intervals of areas and precisions, on binormal scores.</summary>
static class RankDesigns
{
    public static IEnumerable<Design> All(IEnumerable<int> sizes) =>
        from rows in sizes
        from share in new[] { 0.02, 0.1, 0.5 }
        from design in Of(rows, share)
        select design;

    static IEnumerable<Design> Of(int rows, double share)
    {
        foreach (var auc in new[] { 0.7, 0.85, 0.95 })
        {
            var law = new Binormal(share, auc);
            yield return new("auc: delong", $"p {share}, AUC {auc}", rows, auc, batch => Each(batch, rows, law, (scores, labels) =>
            {
                var stream = new RankStream();
                for (var i = 0; i < scores.Length; i++)
                    stream.Add(scores[i], labels[i]);
                return stream.Area()?.Interval() ?? Interval.Unbounded(0.95);
            }));
        }
        var middle = new Binormal(share, 0.85);
        yield return new("pr_auc: influence", $"p {share}, AUC 0.85", rows, middle.Precision(), batch => Each(batch, rows, middle, (scores, labels) =>
        {
            var positives = labels.Count(label => label);
            var stream = new PrecisionStream(positives, labels.Length - positives);
            for (var i = 0; i < scores.Length; i++)
                stream.Add(scores[i], labels[i]);
            return stream.Value()?.Interval() ?? Interval.Unbounded(0.95);
        }));
        // Two models on the same rows whose scores correlate by one half.
        var other = new Binormal(share, 0.8);
        yield return new("auc: paired-delong", $"p {share}, AUC 0.85 and 0.8", rows, 0.05, batch => Seeds(batch).Select(seed =>
        {
            var draws = new Draws(seed + 77);
            double[] first = new double[rows], second = new double[rows];
            var labels = new bool[rows];
            for (var i = 0; i < rows; i++)
            {
                (first[i], labels[i]) = middle.Draw(draws);
                var noise = first[i] - (labels[i] ? middle.Shift : 0);
                second[i] = (noise / 2) + (Math.Sqrt(0.75) * draws.Normal()) + (labels[i] ? other.Shift : 0);
            }
            return Auc.Of(first, labels) is { } one ? one.Minus(Auc.Of(second, labels)!).Interval : Interval.Unbounded(0.95);
        }).ToArray());
    }

    static Interval[] Each(int batch, int rows, Binormal law, Func<double[], bool[], Interval> interval) => [.. Seeds(batch).Select(seed =>
    {
        var draws = new Draws(seed);
        var scores = new double[rows];
        var labels = new bool[rows];
        for (var i = 0; i < rows; i++)
            (scores[i], labels[i]) = law.Draw(draws);
        Array.Sort(scores, labels);
        return interval(scores, labels);
    })];

    static IEnumerable<ulong> Seeds(int batch) => Enumerable.Range(batch * Design.Size, Design.Size).Select(run => (ulong)run * 1_000_003);
}
