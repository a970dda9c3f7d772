using System.Runtime.Intrinsics;

namespace Assay.Statistics.Resampling;

/// <summary>
/// Sums over buckets into sums over each replicate: a matrix product in blocks that fit a core's cache. One lane of a vector is one replicate and
/// additions go by bucket, multiplied and added in two roundings: so the result is the same to the bit on any number of threads and any processor.
/// </summary>
public static class BucketBootstrap
{
    const int Lanes = 8;         // replicates at once: two vectors of four
    const int Together = 6;      // slots at once: with their twelve sums, weights and products all stay in registers
    const int Block = 1024;      // buckets whose weights stay in the cache while all slots pass

    /// <summary>The sum of each slot in each replicate: Σ over buckets of weight times sum.</summary>
    /// <param name="weights">The weights, the same for all slots.</param>
    /// <param name="sums">One array for each slot, with one sum for each bucket. A slot is what is added over rows: a count, a loss, a square.</param>
    /// <param name="threads">How many cores may be used; the result does not depend on it.</param>
    /// <param name="ct">Stops between blocks.</param>
    /// <returns>One array for each slot, with one sum for each replicate.</returns>
    public static double[][] Replicate(BucketWeights weights, IReadOnlyList<double[]> sums, int threads = 1, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(sums);
        foreach (var slot in sums)
            if (slot.Length != weights.Buckets)
                throw new ArgumentException($"There must be one sum for each of the {weights.Buckets} buckets.", nameof(sums));
        var drawn = new double[sums.Count][];
        for (var slot = 0; slot < drawn.Length; slot++)
            drawn[slot] = new double[weights.Replicates];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = ct };
        Parallel.For(0, (weights.Replicates + Lanes - 1) / Lanes, options, () => new double[Block * Lanes], (tile, _, room) =>
        {
            Tile(weights, sums, drawn, tile * Lanes, room);
            return room;
        }, _ => { });
        return drawn;
    }

    static void Tile(BucketWeights weights, IReadOnlyList<double[]> sums, double[][] drawn, int first, double[] room)
    {
        Span<double> none = stackalloc double[Lanes];
        var lanes = Math.Min(Lanes, weights.Replicates - first);
        for (var from = 0; from < weights.Buckets; from += Block)
        {
            var count = Math.Min(Block, weights.Buckets - from);
            Array.Clear(room);
            for (var lane = 0; lane < lanes; lane++)
            {
                var of = weights.Of(first + lane).Slice(from, count);
                for (var b = 0; b < of.Length; b++)
                    room[(b * Lanes) + lane] = of[b];
            }
            var slot = 0;
            for (; slot + Together <= sums.Count; slot += Together)
                Six(room, count, sums, drawn, slot, from, first, lanes);
            for (; slot < sums.Count; slot++)
                One(room, sums[slot].AsSpan(from, count), drawn[slot].AsSpan(first, lanes), none);
        }
    }

    static void One(double[] room, ReadOnlySpan<double> sums, Span<double> drawn, Span<double> total)
    {
        Vector256<double> low = Vector256<double>.Zero, high = low;
        for (var b = 0; b < sums.Length; b++)
        {
            var sum = Vector256.Create(sums[b]);
            low += Vector256.LoadUnsafe(ref room[b * Lanes]) * sum;
            high += Vector256.LoadUnsafe(ref room[(b * Lanes) + 4]) * sum;
        }
        Add(low, high, drawn, total);
    }

    static void Six(double[] room, int count, IReadOnlyList<double[]> sums, double[][] drawn, int slot, int from, int first, int lanes)
    {
        ReadOnlySpan<double> a = sums[slot].AsSpan(from, count), b = sums[slot + 1].AsSpan(from, count), c = sums[slot + 2].AsSpan(from, count),
            d = sums[slot + 3].AsSpan(from, count), e = sums[slot + 4].AsSpan(from, count), f = sums[slot + 5].AsSpan(from, count);
        Vector256<double> a0 = Vector256<double>.Zero, a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0, e0 = a0, e1 = a0, f0 = a0, f1 = a0;
        ref var weight = ref room[0];
        for (var k = 0; k < a.Length; k++)
        {
            var low = Vector256.LoadUnsafe(ref weight, (nuint)(k * Lanes));
            var high = Vector256.LoadUnsafe(ref weight, (nuint)((k * Lanes) + 4));
            var sum = Vector256.Create(a[k]);
            (a0, a1) = (a0 + (low * sum), a1 + (high * sum));
            sum = Vector256.Create(b[k]);
            (b0, b1) = (b0 + (low * sum), b1 + (high * sum));
            sum = Vector256.Create(c[k]);
            (c0, c1) = (c0 + (low * sum), c1 + (high * sum));
            sum = Vector256.Create(d[k]);
            (d0, d1) = (d0 + (low * sum), d1 + (high * sum));
            sum = Vector256.Create(e[k]);
            (e0, e1) = (e0 + (low * sum), e1 + (high * sum));
            sum = Vector256.Create(f[k]);
            (f0, f1) = (f0 + (low * sum), f1 + (high * sum));
        }
        Span<double> total = stackalloc double[Lanes];
        Add(a0, a1, drawn[slot].AsSpan(first, lanes), total);
        Add(b0, b1, drawn[slot + 1].AsSpan(first, lanes), total);
        Add(c0, c1, drawn[slot + 2].AsSpan(first, lanes), total);
        Add(d0, d1, drawn[slot + 3].AsSpan(first, lanes), total);
        Add(e0, e1, drawn[slot + 4].AsSpan(first, lanes), total);
        Add(f0, f1, drawn[slot + 5].AsSpan(first, lanes), total);
    }

    static void Add(Vector256<double> low, Vector256<double> high, Span<double> drawn, Span<double> total)
    {
        low.CopyTo(total);
        high.CopyTo(total[4..]);
        for (var lane = 0; lane < drawn.Length; lane++)
            drawn[lane] += total[lane];
    }
}
