namespace Assay.Statistics.Resampling;

/// <summary>
/// The weights of a Poisson bootstrap (Chamandy et al. 2012): each replicate draws a weight from Poisson(1) for each bucket. A bucket holds the
/// rows whose entity, or canonical row, has one hash, so the order of the rows does not matter and rows of one entity stay together.
/// The weights depend on the seed alone: every metric, slice and model that is measured with one seed sees the same resamples, and more
/// replicates begin with the same ones. One byte a weight: 1 000 x 4 096 take 4 MB.
/// </summary>
public sealed class BucketWeights
{
    /// <summary>How many buckets there are unless something else is said: more cost time and change nothing that shows.</summary>
    public const int UsualBuckets = 4096;

    /// <summary>The least number of replicates: with fewer, a percentile of 2.5 % means nothing.</summary>
    public const int LeastReplicates = 100;

    // P(X ≤ k) of Poisson(1), in units of 2^-53; beyond the last, with probability under 1e-15, the weight is the length of the table.
    static readonly ulong[] Cumulative = CumulativeOfOne();

    readonly byte[] weights;

    /// <summary>Draws all weights once.</summary>
    /// <param name="seed">What the draws depend on.</param>
    /// <param name="replicates">How many replicates, at least <see cref="LeastReplicates"/>.</param>
    /// <param name="buckets">How many buckets, at least 2.</param>
    public BucketWeights(ulong seed, int replicates = 1000, int buckets = UsualBuckets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicates, LeastReplicates);
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 2);
        (Seed, Replicates, Buckets) = (seed, replicates, buckets);
        weights = new byte[(long)replicates * buckets];
        for (var replicate = 0; replicate < replicates; replicate++)
        {
            var random = new SplitMix(SplitMix.Mix(seed) ^ SplitMix.Mix((ulong)replicate + 1));
            foreach (ref var weight in weights.AsSpan(replicate * buckets, buckets))
                weight = Weight(random.Next() >> 11);
        }
    }

    /// <summary>What the draws depend on.</summary>
    public ulong Seed { get; }

    /// <summary>How many replicates there are.</summary>
    public int Replicates { get; }

    /// <summary>How many buckets there are.</summary>
    public int Buckets { get; }

    /// <summary>The weights of one replicate, one for each bucket.</summary>
    public ReadOnlySpan<byte> Of(int replicate) => weights.AsSpan(replicate * Buckets, Buckets);

    /// <summary>The bucket of something that has this hash. The hash need not be well mixed.</summary>
    public int BucketOf(ulong hash) => (int)(SplitMix.Mix(hash) % (ulong)Buckets);

    static byte Weight(ulong draw)
    {
        var k = 0;
        while (k < Cumulative.Length && draw >= Cumulative[k])
            k++;
        return (byte)k;
    }

    static ulong[] CumulativeOfOne()
    {
        var table = new ulong[18];
        double term = Math.Exp(-1), sum = 0;
        for (var k = 0; k < table.Length; k++, term /= k)
            table[k] = (ulong)((sum += term) * (1UL << 53));
        return table;
    }
}
