using System.IO.Hashing;
using System.Runtime.InteropServices;
using Assay.Evaluation.Data;
using Assay.Evaluation.Suites;
using Assay.Statistics;
using Assay.Statistics.Queries;
using Assay.Statistics.Resampling;

namespace Assay.Evaluation.Measures.Ranking;

/// <summary>
/// How well the rows of each query are ordered: means over queries, drawn again query by query. The rows of a query may lie apart in the data, so scores
/// and relevances are kept: 16 bytes for each row and model.
/// </summary>
internal sealed class RankingMeasure(IReadOnlyList<MetricWish> wishes, Frame frame, string query, BucketWeights weights, bool paired) : IRowMeasure
{
    /// <summary>The most rows that are kept.</summary>
    public const int Most = 20_000_000;

    readonly Dictionary<string, Query> queries = new(StringComparer.Ordinal);
    int rows;

    public void Take(ScoredBatch batch)
    {
        rows += batch.Rows;
        if (rows > Most)
            throw new DataException($"it has more than {Most} rows, the most that are ranked.");
        var ids = batch.Data[query];
        for (var r = 0; r < batch.Rows; r++)
        {
            var id = ids.IsMissing(r) ? throw new DataException($"row {batch.FirstRow + r} has no query in the column {query}.") : ids.Texts?[r] ?? ids.Numbers![r].ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            if (!queries.TryGetValue(id, out var of))
                queries[id] = of = new(weights.BucketOf(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(id.AsSpan()))));
            of.Relevances.Add(batch.Target[r] >= 0 ? batch.Target[r] : throw new DataException($"row {batch.FirstRow + r} has a relevance below 0."));
            of.Scores.Add(batch.Model[r]);
            of.Baseline.Add(batch.Baseline is { } baseline ? baseline[r] : 0);
        }
    }

    /// <summary>The metrics over all queries that have a relevant row; a query without one says nothing about an order.</summary>
    public IReadOnlyList<MetricResult> End() => [.. wishes.Select(One)];

    MetricResult One(MetricWish wish)
    {
        // Counts, sums, sums of the model compared with: by bucket of queries.
        double[][] sums = [new double[weights.Buckets], new double[weights.Buckets], new double[weights.Buckets]];
        var n = 0L;
        foreach (var of in queries.Values)
        {
            var value = Of(wish, of.Scores, of.Relevances);
            if (double.IsNaN(value))
                continue;
            n++;
            sums[0][of.Bucket]++;
            sums[1][of.Bucket] += value;
            sums[2][of.Bucket] += paired ? Of(wish, of.Baseline, of.Relevances) : 0;
        }
        var facts = new MetricFacts(wish.Name, HigherIsBetter: true) { Level = wish.K };
        if (n == 0)
            return new(facts, Measured.Failed(0, "no query has a relevant row"), null);
        var replicates = BucketBootstrap.Replicate(weights, sums);
        Interval Interval(BucketStatistic see) => BucketInterval.Of(sums, replicates, see, n, frame.Level);
        double mean = sums[1].Sum() / n, other = sums[2].Sum() / n;
        return new(facts, new(mean, n, Interval(s => s[1] / s[0]), "poisson-bootstrap"),
            paired ? new(other, mean - other, Interval(s => (s[1] - s[2]) / s[0]), "paired-bootstrap") : null);
    }

    static double Of(MetricWish wish, List<double> scores, List<double> relevances)
    {
        ReadOnlySpan<double> of = CollectionsMarshal.AsSpan(scores), truth = CollectionsMarshal.AsSpan(relevances);
        return wish.Name switch
        {
            "ndcg" => QueryRanking.Ndcg(of, truth, wish.K ?? scores.Count),
            "map" => QueryRanking.AveragePrecision(of, truth),
            _ => QueryRanking.ReciprocalRank(of, truth),
        };
    }

    sealed record Query(int Bucket)
    {
        public List<double> Scores { get; } = [];

        public List<double> Baseline { get; } = [];

        public List<double> Relevances { get; } = [];
    }
}
