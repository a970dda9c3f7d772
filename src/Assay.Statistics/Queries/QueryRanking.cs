namespace Assay.Statistics.Queries;

/// <summary>
/// How well one query's rows are ranked; means over queries are NDCG@k, MAP and MRR. Nothing depends on the order in which rows of equal score come. A query
/// without a relevant row has no value (NaN): it is left out of the mean, and counted.
/// </summary>
public static class QueryRanking
{
    /// <summary>
    /// Normalised discounted cumulative gain at k, in [0, 1]: gains 2^relevance − 1, discounts log2(rank + 1) (Burges et al. 2005). Rows of equal score share
    /// their ranks' discounts evenly (McSherry and Najork 2008).
    /// </summary>
    /// <param name="scores">The scores; they must be finite.</param>
    /// <param name="relevances">How relevant each row is, at least 0.</param>
    /// <param name="k">How many ranks count; all when there are fewer rows.</param>
    public static double Ndcg(ReadOnlySpan<double> scores, ReadOnlySpan<double> relevances, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var (sorted, gains) = Descending(scores, relevances);
        for (var i = 0; i < gains.Length; i++)
            gains[i] = Math.Pow(2, gains[i]) - 1;
        var sum = 0.0;
        for (int from = 0, to; from < Math.Min(k, sorted.Length); from = to)
        {
            double gain = 0, discount = 0;
            for (to = from; to < sorted.Length && sorted[to] == sorted[from]; to++)
                (gain, discount) = (gain + gains[to], discount + Discount(to, k));
            sum += gain / (to - from) * discount;
        }
        Array.Sort(gains);
        var best = 0.0;
        for (var i = 0; i < Math.Min(k, gains.Length); i++)
            best += gains[^(i + 1)] * Discount(i, k);
        return best > 0 ? sum / best : double.NaN;
    }

    /// <summary>The mean over relevant rows of the precision at their rank, in (0, 1]; a tie is one threshold, as in <see cref="Ranking.PrecisionStream"/>. Relevant is above 0.</summary>
    public static double AveragePrecision(ReadOnlySpan<double> scores, ReadOnlySpan<double> relevances)
    {
        var (sorted, relevant) = Descending(scores, relevances);
        int found = 0;
        var sum = 0.0;
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            var here = 0;
            for (to = from; to < sorted.Length && sorted[to] == sorted[from]; to++)
                here += relevant[to] > 0 ? 1 : 0;
            found += here;
            sum += here * ((double)found / to);
        }
        return found > 0 ? sum / found : double.NaN;
    }

    /// <summary>1 / rank of the first relevant row, in (0, 1]. Of rows of equal score the relevant ones come last: a model that says nothing gains nothing.</summary>
    public static double ReciprocalRank(ReadOnlySpan<double> scores, ReadOnlySpan<double> relevances)
    {
        var (sorted, relevant) = Descending(scores, relevances);
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            var here = 0;
            for (to = from; to < sorted.Length && sorted[to] == sorted[from]; to++)
                here += relevant[to] > 0 ? 1 : 0;
            if (here > 0)
                return 1.0 / (to - here + 1);
        }
        return double.NaN;
    }

    static double Discount(int index, int k) => index < k ? 1 / Math.Log2(index + 2) : 0;

    static (double[] Scores, double[] Relevances) Descending(ReadOnlySpan<double> scores, ReadOnlySpan<double> relevances)
    {
        if (scores.Length != relevances.Length)
            throw new ArgumentException("There must be one relevance for each score.", nameof(relevances));
        var sorted = scores.ToArray();
        var with = relevances.ToArray();
        foreach (var score in sorted)
            if (!double.IsFinite(score))
                throw new ArgumentException("A score that is not finite has no rank.", nameof(scores));
        Array.Sort(sorted, with);
        Array.Reverse(sorted);
        Array.Reverse(with);
        return (sorted, with);
    }
}
