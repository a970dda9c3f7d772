using Assay.Statistics;
using CsCheck;
using MathNet.Numerics.Distributions;

namespace Assay.Tests.Unit.Statistics;

public sealed class ProportionIntervals
{
    static readonly Gen<(long Hits, long Trials)> Counts =
        from n in Gen.Int[1, 5000]
        from s in Gen.Int[0, n]
        select ((long)s, (long)n);

    [Theory]
    [InlineData(0, 20, 0.0, 0.1684334709830853)]
    [InlineData(3, 50, 0.01254858783533406, 0.16548194660377288)]
    [InlineData(90, 100, 0.8237774022599773, 0.9509953107785141)]
    [InlineData(950, 1000, 0.9346095120845064, 0.9626646023953382)]
    public void Clopper_Pearson_gives_the_published_bounds(int hits, int trials, double low, double high)
    {
        var interval = Proportions.ClopperPearson(hits, trials);
        interval.Low.ShouldBe(low, 1e-9);
        interval.High.ShouldBe(high, 1e-9);
    }

    [Theory]
    [InlineData(0, 20, 0.0, 0.16112515805281938)]
    [InlineData(3, 50, 0.02061497034897397, 0.16217091688838173)]
    [InlineData(90, 100, 0.8256343384950865, 0.9447708629393249)]
    [InlineData(950, 1000, 0.9346861797557492, 0.9618697376072513)]
    public void Wilson_gives_the_published_bounds(int hits, int trials, double low, double high)
    {
        var interval = Proportions.Wilson(hits, trials);
        interval.Low.ShouldBe(low, 1e-12);
        interval.High.ShouldBe(high, 1e-12);
    }

    [Fact]
    public void Clopper_Pearson_keeps_its_digits_where_a_hit_is_one_in_ten_million()
    {
        var interval = Proportions.ClopperPearson(1, 10_000_000);
        interval.Low.ShouldBe(2.5317808e-9, 1e-15);   // −ln(0.975)/n to first order
        interval.High.ShouldBe(5.571643e-7, 1e-12);   // the Poisson limit: χ²₄(0.975)/2n
        Proportions.ClopperPearson(9_999_999, 10_000_000).High.ShouldBe(1 - 2.5317808e-9, 1e-15);
    }

    [Fact]
    public void Both_intervals_contain_the_share_and_stay_inside_zero_and_one() => Counts.Sample(c =>
    {
        var share = (double)c.Hits / c.Trials;
        foreach (var interval in new[] { Proportions.ClopperPearson(c.Hits, c.Trials), Proportions.Wilson(c.Hits, c.Trials) })
        {
            interval.Contains(share).ShouldBeTrue($"{c}: {interval}");
            interval.Low.ShouldBeGreaterThanOrEqualTo(0);
            interval.High.ShouldBeLessThanOrEqualTo(1);
        }
    }, iter: 2000);

    [Fact]
    public void Four_times_the_rows_with_the_same_share_give_a_narrower_interval() => Counts.Sample(c =>
    {
        Proportions.ClopperPearson(4 * c.Hits, 4 * c.Trials).Width.ShouldBeLessThan(Proportions.ClopperPearson(c.Hits, c.Trials).Width);
        Proportions.Wilson(4 * c.Hits, 4 * c.Trials).Width.ShouldBeLessThan(Proportions.Wilson(c.Hits, c.Trials).Width);
    }, iter: 500);

    [Fact]
    public void A_higher_level_contains_a_lower_one() => Counts.Sample(c =>
    {
        Interval wide = Proportions.ClopperPearson(c.Hits, c.Trials, 0.99), narrow = Proportions.ClopperPearson(c.Hits, c.Trials, 0.9);
        (wide.Low <= narrow.Low && narrow.High <= wide.High).ShouldBeTrue($"{c}: {wide} {narrow}");
    }, iter: 500);

    [Fact]
    public void Misses_are_the_mirror_of_hits() => Counts.Sample(c =>
    {
        Interval hits = Proportions.ClopperPearson(c.Hits, c.Trials), misses = Proportions.ClopperPearson(c.Trials - c.Hits, c.Trials);
        (1 - misses.High).ShouldBe(hits.Low, 1e-12);
        (1 - misses.Low).ShouldBe(hits.High, 1e-12);
    }, iter: 500);

    [Fact]
    public void Clopper_Pearson_covers_the_truth_at_least_as_often_as_it_says() =>
        Gen.Select(Gen.Int[1, 120], Gen.Double[0.001, 0.999]).Sample((n, p) =>
        {
            var covered = 0.0;
            for (var s = 0; s <= n; s++)
                if (Proportions.ClopperPearson(s, n, 0.9).Contains(p))
                    covered += Binomial.PMF(p, n, s);
            covered.ShouldBeGreaterThanOrEqualTo(0.9 - 1e-9);
        }, iter: 60);

    [Fact]
    public void More_hits_than_trials_is_a_bug_of_the_caller() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Proportions.ClopperPearson(3, 2));
}
