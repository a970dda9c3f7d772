using Assay.Statistics;
using Assay.Statistics.Resampling;
using CsCheck;

namespace Assay.Tests.Unit.Statistics.Resampling;

public sealed class BucketProducts
{
    static double[][] Random(int slots, int buckets, ulong seed)
    {
        var random = new SplitMix(seed);
        var sums = new double[slots][];
        for (var slot = 0; slot < slots; slot++)
        {
            sums[slot] = new double[buckets];
            for (var b = 0; b < buckets; b++)
                sums[slot][b] = random.NextUnit() - 0.3;
        }
        return sums;
    }

    [Fact]
    public void A_replicate_is_the_sum_of_weight_times_sum() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[2, 2500], Gen.Int[100, 120], Gen.ULong).Sample((slots, buckets, replicates, seed) =>
        {
            var weights = new BucketWeights(seed, replicates, buckets);
            var sums = Random(slots, buckets, seed);
            var drawn = BucketBootstrap.Replicate(weights, sums);
            drawn.Length.ShouldBe(slots);
            for (var slot = 0; slot < slots; slot++)
                for (var r = 0; r < replicates; r++)
                {
                    var naive = 0.0;
                    for (var b = 0; b < buckets; b++)
                        naive += weights.Of(r)[b] * sums[slot][b];
                    drawn[slot][r].ShouldBe(naive, 1e-9);
                }
        }, iter: 12);

    [Fact]
    public void It_is_the_same_to_the_bit_on_any_number_of_threads_and_beside_any_other_slots()
    {
        var weights = new BucketWeights(7, 203, 3000);
        var sums = Random(13, 3000, 1);
        var one = BucketBootstrap.Replicate(weights, sums);
        var four = BucketBootstrap.Replicate(weights, sums, threads: 4);
        for (var slot = 0; slot < sums.Length; slot++)
        {
            four[slot].ShouldBe(one[slot]);
            BucketBootstrap.Replicate(weights, [sums[slot]])[0].ShouldBe(one[slot]);
        }
    }

    [Fact]
    public void Whole_numbers_stay_whole()
    {
        var weights = new BucketWeights(7, 100, 64);
        double[] counts = [.. Enumerable.Range(0, 64).Select(b => (double)(b % 5))];
        foreach (var total in BucketBootstrap.Replicate(weights, [counts])[0])
            total.ShouldBe(Math.Floor(total));
    }

    [Fact]
    public void Weights_are_those_of_Poisson_with_mean_one()
    {
        var weights = new BucketWeights(3);
        var counts = new double[8];
        for (var r = 0; r < weights.Replicates; r++)
            foreach (var weight in weights.Of(r))
                counts[Math.Min(7, (int)weight)]++;
        double n = weights.Replicates * weights.Buckets, expected = n * Math.Exp(-1);
        for (var k = 0; k < 7; expected /= ++k)
            counts[k].ShouldBe(expected, 5 * Math.Sqrt(expected));
    }

    [Fact]
    public void The_same_seed_draws_the_same_weights_and_more_replicates_begin_with_the_same()
    {
        BucketWeights few = new(5, 100, 50), more = new(5, 200, 50), other = new(6, 100, 50);
        few.Of(99).ToArray().ShouldBe(more.Of(99).ToArray());
        few.Of(0).ToArray().ShouldNotBe(other.Of(0).ToArray());
        few.Of(0).ToArray().ShouldNotBe(few.Of(1).ToArray());
    }

    [Fact]
    public void A_slot_of_another_number_of_buckets_is_a_bug_of_the_caller() =>
        Should.Throw<ArgumentException>(() => BucketBootstrap.Replicate(new BucketWeights(1, 100, 16), [new double[15]]));
}
