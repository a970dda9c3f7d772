using Assay.Statistics.Queries;
using CsCheck;

namespace Assay.Tests.Unit.Statistics.Queries;

public sealed class QueryRankings
{
    static readonly Gen<(double[] Scores, double[] Relevances)> Ties =
        from n in Gen.Int[1, 6]
        from scores in Gen.Int[0, 2].Select(k => (double)k).Array[n]
        from relevances in Gen.Int[0, 3].Select(k => (double)k).Array[n]
        where relevances.Any(r => r > 0)
        select (scores, relevances);

    static IEnumerable<int[]> Orders(int n) => n == 0 ? [[]] : Orders(n - 1).SelectMany(order => Enumerable.Range(0, n).Select(at => order[..at].Append(n - 1).Concat(order[at..]).ToArray()));

    [Fact]
    public void Ndcg_over_ties_is_the_mean_over_all_orders_that_the_scores_allow() => Gen.Select(Ties, Gen.Int[1, 7]).Sample((query, k) =>
    {
        double Of(IEnumerable<double> relevances) => relevances.Take(k).Select((r, i) => (Math.Pow(2, r) - 1) / Math.Log2(i + 2)).Sum();
        var allowed = Orders(query.Scores.Length).Where(order => order.Zip(order.Skip(1)).All(pair => query.Scores[pair.First] >= query.Scores[pair.Second]));
        var mean = allowed.Average(order => Of(order.Select(i => query.Relevances[i])));
        QueryRanking.Ndcg(query.Scores, query.Relevances, k).ShouldBe(mean / Of(query.Relevances.OrderDescending()), 1e-12);
    }, iter: 300);

    [Fact]
    public void Without_ties_precision_and_reciprocal_rank_are_those_of_the_book()
    {
        double[] scores = [0.9, 0.8, 0.7, 0.6, 0.5], relevances = [0, 1, 0, 2, 0];
        QueryRanking.AveragePrecision(scores, relevances).ShouldBe((0.5 + 0.5) / 2);
        QueryRanking.ReciprocalRank(scores, relevances).ShouldBe(0.5);
        QueryRanking.Ndcg(scores, relevances, 5).ShouldBe(((1 / Math.Log2(3)) + (3 / Math.Log2(5))) / (3 + (1 / Math.Log2(3))), 1e-12);
        QueryRanking.Ndcg(scores, relevances, 1).ShouldBe(0);
    }

    [Fact]
    public void The_order_of_rows_changes_nothing_and_a_perfect_ranking_is_one() => Ties.Sample(query =>
    {
        double[] scores = [.. query.Scores.Reverse()], relevances = [.. query.Relevances.Reverse()];
        QueryRanking.Ndcg(scores, relevances, 3).ShouldBe(QueryRanking.Ndcg(query.Scores, query.Relevances, 3), 1e-12);
        QueryRanking.AveragePrecision(scores, relevances).ShouldBe(QueryRanking.AveragePrecision(query.Scores, query.Relevances));
        QueryRanking.ReciprocalRank(scores, relevances).ShouldBe(QueryRanking.ReciprocalRank(query.Scores, query.Relevances));
        QueryRanking.Ndcg(query.Relevances, query.Relevances, 3).ShouldBe(1, 1e-12);
        QueryRanking.AveragePrecision(query.Relevances, query.Relevances).ShouldBe(1, 1e-12);
        QueryRanking.ReciprocalRank(query.Relevances, query.Relevances).ShouldBe(1);
    }, iter: 300);

    [Fact]
    public void A_model_that_says_nothing_gains_nothing_by_it() =>
        QueryRanking.ReciprocalRank([1, 1, 1, 1], [1, 0, 0, 0]).ShouldBe(0.25);

    [Fact]
    public void A_query_without_a_relevant_row_has_no_value()
    {
        QueryRanking.Ndcg([1, 2], [0, 0], 2).ShouldBe(double.NaN);
        QueryRanking.AveragePrecision([1, 2], [0, 0]).ShouldBe(double.NaN);
        QueryRanking.ReciprocalRank([1, 2], [0, 0]).ShouldBe(double.NaN);
    }
}
