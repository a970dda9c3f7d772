using Assay.Statistics;
using CsCheck;

namespace Assay.Tests.Unit.Statistics;

public sealed class Bootstrapping
{
    static double[] Uniform(int n, ulong seed)
    {
        var random = new SplitMix(seed);
        return [.. Enumerable.Range(0, n).Select(_ => random.NextUnit())];
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_another()
    {
        var losses = Uniform(500, 1);
        var first = new PoissonBootstrap(Buckets.OfRows(500), 42).OfMean(losses);
        new PoissonBootstrap(Buckets.OfRows(500), 42).OfMean(losses).ShouldBe(first);
        new PoissonBootstrap(Buckets.OfRows(500), 43).OfMean(losses).ShouldNotBe(first);
    }

    [Fact]
    public void The_interval_of_a_mean_is_about_as_wide_as_the_central_limit_says() =>
        Gen.ULong.Sample(seed =>
        {
            var losses = Uniform(2000, seed);
            var interval = new PoissonBootstrap(Buckets.OfRows(2000), seed).OfMean(losses);
            interval.Contains(losses.Average()).ShouldBeTrue();
            interval.Width.ShouldBe(2 * 1.96 * Math.Sqrt(1 / 12.0 / 2000), 0.004); // a uniform has variance 1/12
        }, iter: 20);

    [Fact]
    public void It_covers_the_true_mean_about_as_often_as_it_says()
    {
        var covered = Enumerable.Range(0, 300).Count(i =>
            new PoissonBootstrap(Buckets.OfRows(300), (ulong)i, 200).OfMean(Uniform(300, (ulong)(i + 1) * 7919)).Contains(0.5));
        covered.ShouldBeInRange(270, 297);
    }

    [Fact]
    public void More_rows_than_buckets_are_hashed_together_and_cover_as_before()
    {
        var buckets = Buckets.OfRows(50_000);
        buckets.Count.ShouldBe(Buckets.Most);
        var interval = new PoissonBootstrap(buckets, 3).OfMean(Uniform(50_000, 9));
        interval.Width.ShouldBe(2 * 1.96 * Math.Sqrt(1 / 12.0 / 50_000), 0.0006);
    }

    [Fact]
    public void Rows_of_one_entity_stay_together_and_widen_the_interval()
    {
        double[] losses = [.. Uniform(100, 5).SelectMany(x => Enumerable.Repeat(x, 20))];
        string[] cards = [.. Enumerable.Range(0, 100).SelectMany(i => Enumerable.Repeat($"card-{i}", 20))];
        var together = new PoissonBootstrap(Buckets.OfEntities(cards), 1).OfMean(losses);
        var apart = new PoissonBootstrap(Buckets.OfRows(2000), 1).OfMean(losses);
        together.Width.ShouldBeGreaterThan(3 * apart.Width);
    }

    [Fact]
    public void A_root_is_taken_of_each_replicate()
    {
        double[] squares = [.. Uniform(300, 8).Select(x => x * x)];
        var bootstrap = new PoissonBootstrap(Buckets.OfRows(300), 1);
        Interval mean = bootstrap.OfMean(squares), root = bootstrap.OfMean(squares, see: Math.Sqrt);
        root.Low.ShouldBe(Math.Sqrt(mean.Low), 1e-12);
        root.High.ShouldBe(Math.Sqrt(mean.High), 1e-12);
    }

    [Fact]
    public void Two_models_alike_row_by_row_differ_by_exactly_nothing()
    {
        var losses = Uniform(300, 8);
        new PoissonBootstrap(Buckets.OfRows(300), 1).OfDifference(losses, losses).ShouldBe(new Interval(0.95, 0, 0));
    }

    [Fact]
    public void One_row_bounds_nothing() =>
        new PoissonBootstrap(Buckets.OfRows(1), 1).OfMean([0.5]).ShouldBe(Interval.Unbounded(0.95));

    [Fact]
    public void A_sure_mistake_costs_much_and_not_infinitely()
    {
        Losses.Log(0, true).ShouldBe(34.538776394910684, 1e-9);
        Losses.Log(0.8, true).ShouldBe(0.2231435513142097, 1e-15);
        Losses.Brier(0.8, false).ShouldBe(0.64, 1e-15);
    }

    [Fact]
    public void Probabilities_that_are_the_shares_are_calibrated()
    {
        double[] probabilities = [.. Enumerable.Range(0, 1500).Select(i => i < 700 ? 0.2 : 0.8)];
        bool[] labels = [.. Enumerable.Range(0, 1500).Select(i => i < 700 ? i % 5 == 0 : i % 5 != 0)];
        Calibration.ExpectedError(probabilities, labels).ShouldBe(0, 0.02);
        Calibration.DebiasedError(probabilities, labels).ShouldBe(0, 1e-9);
        Calibration.ExpectedError([.. probabilities.Select(p => 1 - p)], labels).ShouldBe(0.6, 0.02);
    }
}
