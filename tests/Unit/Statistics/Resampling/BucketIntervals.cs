using Assay.Statistics;
using Assay.Statistics.Resampling;
using MathNet.Numerics.Distributions;

namespace Assay.Tests.Unit.Statistics.Resampling;

public sealed class BucketIntervals
{
    static readonly BucketStatistic Mean = sums => sums[0] / sums[1];

    static double[] Losses(int n, ulong seed)
    {
        var random = new SplitMix(seed);
        var losses = new double[n];
        for (var i = 0; i < n; i++)
            losses[i] = -Math.Log(1 - random.NextUnit());
        return losses;
    }

    static double[][] Bucketed(BucketWeights weights, double[] losses)
    {
        double[][] sums = [new double[weights.Buckets], new double[weights.Buckets]];
        for (var i = 0; i < losses.Length; i++)
        {
            var bucket = weights.BucketOf((ulong)i);
            sums[0][bucket] += losses[i];
            sums[1][bucket]++;
        }
        return sums;
    }

    static Interval Of(BucketWeights weights, double[][] sums, BucketStatistic statistic, long rows) =>
        BucketInterval.Of(sums, BucketBootstrap.Replicate(weights, sums), statistic, rows);

    [Fact]
    public void Over_100_000_rows_it_agrees_with_a_bootstrap_of_single_rows_within_5_percent_of_its_width()
    {
        var losses = Losses(100_000, 5);
        var weights = new BucketWeights(1);
        var interval = Of(weights, Bucketed(weights, losses), Mean, losses.Length);
        // The plain row bootstrap: every row drawn by itself, plain percentiles.
        var random = new SplitMix(99);
        var means = new double[2000];
        for (var r = 0; r < means.Length; r++)
        {
            var sum = 0.0;
            for (var i = 0; i < losses.Length; i++)
                sum += losses[(int)(random.Next() % (ulong)losses.Length)];
            means[r] = sum / losses.Length;
        }
        Array.Sort(means);
        interval.Low.ShouldBe(means[49], 0.05 * interval.Width);
        interval.High.ShouldBe(means[1949], 0.05 * interval.Width);
        interval.Width.ShouldBe(means[1949] - means[49], 0.05 * interval.Width);
        interval.Approximate.ShouldBeFalse();
    }

    [Fact]
    public void Another_seed_hardly_moves_it()
    {
        var losses = Losses(20_000, 6);
        BucketWeights one = new(1), other = new(2);
        Interval first = Of(one, Bucketed(one, losses), Mean, losses.Length), second = Of(other, Bucketed(other, losses), Mean, losses.Length);
        second.Low.ShouldBe(first.Low, 0.02 * first.Width);
        second.High.ShouldBe(first.High, 0.02 * first.Width);
        second.ShouldNotBe(first);
    }

    [Fact]
    public void A_rare_loss_makes_it_longer_upwards()
    {
        double[] losses = [.. Enumerable.Range(0, 1000).Select(i => i % 50 == 0 ? 3.0 : 0.02)];
        var weights = new BucketWeights(4);
        var interval = Of(weights, Bucketed(weights, losses), Mean, losses.Length);
        (interval.High - losses.Average()).ShouldBeGreaterThan(1.15 * (losses.Average() - interval.Low));
    }

    [Fact]
    public void It_keeps_to_what_Student_says_of_normal_losses()
    {
        double[] losses = [.. Enumerable.Range(1, 2000).Select(i => Normal.InvCDF(10, 3, (i - 0.5) / 2000))];
        var weights = new BucketWeights(8);
        var interval = Of(weights, Bucketed(weights, losses), Mean, losses.Length);
        interval.Low.ShouldBe(10 - (1.96 * 3 / Math.Sqrt(2000)), 0.01);
        interval.High.ShouldBe(10 + (1.96 * 3 / Math.Sqrt(2000)), 0.01);
    }

    [Fact]
    public void A_change_of_scale_changes_it_alike_and_a_root_is_the_root_of_its_ends()
    {
        double[] squares = [.. Losses(3000, 9).Select(x => x * x)], scaled = [.. squares.Select(x => 1e6 * x)];
        var weights = new BucketWeights(1);
        var interval = Of(weights, Bucketed(weights, squares), Mean, 3000);
        Of(weights, Bucketed(weights, scaled), Mean, 3000).Low.ShouldBe(1e6 * interval.Low, 1e-3);
        var root = Of(weights, Bucketed(weights, squares), sums => Math.Sqrt(sums[0] / sums[1]), 3000);
        root.Low.ShouldBe(Math.Sqrt(interval.Low), 0.05 * root.Width);
        root.High.ShouldBe(Math.Sqrt(interval.High), 0.05 * root.Width);
    }

    [Fact]
    public void The_order_of_the_buckets_does_not_matter_and_neither_do_empty_ones()
    {
        var weights = new BucketWeights(1, 400, 512);
        var losses = Losses(300, 2);
        var sums = Bucketed(weights, losses);
        var interval = Of(weights, sums, Mean, 300);
        interval.Contains(losses.Average()).ShouldBeTrue();
        interval.Approximate.ShouldBeTrue("300 rows are fewer than were simulated");
    }

    [Fact]
    public void Models_alike_row_by_row_differ_by_exactly_nothing()
    {
        var weights = new BucketWeights(1, 200, 64);
        var sums = Bucketed(weights, Losses(1000, 3));
        Of(weights, [sums[0], sums[0], sums[1]], s => (s[0] / s[2]) - (s[1] / s[2]), 1000).ShouldBe(new Interval(0.95, 0, 0));
    }

    [Fact]
    public void A_replicate_without_rows_is_left_out_and_rows_in_one_bucket_bound_nothing()
    {
        var weights = new BucketWeights(1, 400, 64);
        double[] losses = new double[64], rows = new double[64];
        (losses[3], rows[3]) = (4, 2);
        Of(weights, [losses, rows], Mean, 2).ShouldBe(Interval.Unbounded(0.95) with { Approximate = true });
        (losses[9], rows[9]) = (9, 3);
        var interval = Of(weights, [losses, rows], Mean, 5);
        (interval.Low >= 1.9 && interval.High <= 3.1).ShouldBeTrue($"{interval}");
    }
}
