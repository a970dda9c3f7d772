using Assay.Statistics;
using Assay.Statistics.Ranking;
using CsCheck;

namespace Assay.Tests.Unit.Statistics.Ranking;

public sealed class RankStreams
{
    static readonly Gen<(double[] Scores, bool[] Labels)> Rows =
        from n in Gen.Int[4, 60]
        from scores in Gen.Int[0, 12].Select(k => k / 4.0).Array[n]
        from labels in Gen.Bool.Array[n]
        where labels.Count(l => l) >= 2 && labels.Count(l => !l) >= 2
        select (scores, labels);

    static RankArea Area(double[] scores, bool[] labels)
    {
        var stream = new RankStream();
        foreach (var (score, label) in scores.Zip(labels).OrderBy(row => row.First))
            stream.Add(score, label);
        return stream.Area()!.Value;
    }

    [Fact]
    public void One_pass_equals_the_count_over_all_pairs() => Rows.Sample(rows =>
    {
        double[] up = [.. rows.Scores.Where((_, i) => rows.Labels[i])], down = [.. rows.Scores.Where((_, i) => !rows.Labels[i])];
        static double Wins(double a, double b) => a > b ? 1 : a == b ? 0.5 : 0;
        double[] ofUp = [.. up.Select(a => down.Average(b => Wins(a, b)))], ofDown = [.. down.Select(b => up.Average(a => Wins(a, b)))];
        static double Spread(double[] x) => x.Sum(v => (v - x.Average()) * (v - x.Average())) / (x.Length - 1) / x.Length;
        var area = Area(rows.Scores, rows.Labels);
        area.Value.ShouldBe(ofUp.Average(), 1e-13);
        area.OfPositives.ShouldBe(Spread(ofUp), 1e-13);
        area.OfNegatives.ShouldBe(Spread(ofDown), 1e-13);
        var array = Auc.Of(rows.Scores, rows.Labels)!;
        array.Value.ShouldBe(area.Value, 1e-13);
        array.Variance.ShouldBe(area.Variance, 1e-13);
    }, iter: 1000);

    [Fact]
    public void The_order_within_a_tie_and_whether_rows_come_one_by_one_change_not_one_bit() => Rows.Sample(rows =>
    {
        var groups = new RankStream();
        foreach (var tie in rows.Scores.Zip(rows.Labels).GroupBy(row => row.First).OrderBy(tie => tie.Key))
            groups.Add(tie.Key, tie.Count(row => row.Second), tie.Count(row => !row.Second));
        groups.Area().ShouldBe(Area(rows.Scores, rows.Labels));
        Area([.. rows.Scores.Reverse()], [.. rows.Labels.Reverse()]).ShouldBe(Area(rows.Scores, rows.Labels));
    }, iter: 300);

    [Fact]
    public void Swapped_labels_mirror_the_area_and_its_interval() => Rows.Sample(rows =>
    {
        RankArea area = Area(rows.Scores, rows.Labels), mirror = Area(rows.Scores, [.. rows.Labels.Select(l => !l)]);
        Interval of = area.Interval(), other = mirror.Interval();
        mirror.Value.ShouldBe(1 - area.Value, 1e-12);
        other.Low.ShouldBe(1 - of.High, 1e-9);
        other.High.ShouldBe(1 - of.Low, 1e-9);
        (of.Low <= area.Value && area.Value <= of.High && of.Low >= 0 && of.High <= 1).ShouldBeTrue($"{area} {of}");
    }, iter: 500);

    [Fact]
    public void Ten_million_rows_lose_no_digit()
    {
        // Positives at the odd places of 0 … 9 999 999: the area is known, and the variance is that of a uniform.
        var stream = new RankStream();
        const int Half = 5_000_000;
        for (var i = 0; i < Half; i++)
        {
            stream.Add(2 * i, false);
            stream.Add((2 * i) + 1, true);
        }
        var area = stream.Area()!.Value;
        area.Value.ShouldBe(0.5 + (0.5 / Half), 1e-15);
        area.OfPositives.ShouldBe(((1.0 / 12) - (1.0 / 12 / Half / Half)) / (Half - 1), 1e-20);
    }

    [Fact]
    public void A_perfect_ranking_is_not_certain_of_itself()
    {
        var stream = new RankStream();
        stream.Add(0, 0, 980);
        stream.Add(1, 20, 0);
        var interval = stream.Area()!.Value.Interval();
        interval.High.ShouldBe(1);
        interval.Low.ShouldBe(Math.Pow(0.025, 1 / 20.0), 1e-12);
        interval.Approximate.ShouldBeTrue();
    }

    [Fact]
    public void With_one_class_there_is_nothing_to_rank_and_with_one_row_of_it_nothing_bounds_the_area()
    {
        var stream = new RankStream();
        stream.Area().ShouldBeNull();
        stream.Add(0, false);
        stream.Add(1, false);
        stream.Area().ShouldBeNull();
        stream.Add(2, true);
        stream.Area()!.Value.Interval().ShouldBe(new Interval(0.95, 0, 1) { Approximate = true });
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_score_that_falls_or_is_none_is_a_bug_of_the_caller(double next)
    {
        var stream = new RankStream();
        stream.Add(1, true);
        Should.Throw<ArgumentException>(() => stream.Add(next, true));
    }
}
