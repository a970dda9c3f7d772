using System.Diagnostics;
using System.Runtime.InteropServices;
using Assay.Statistics;
using Assay.Statistics.WeakSlices;

namespace Assay.Bench;

/// <summary>
/// The search for weak slices over columns of ten bins, every other one unevenly filled so that slices of three predicates are large enough to count.
/// Beside it the obvious way: for each two columns a hash table from their bins to rows and loss, which stops at two predicates.
/// </summary>
static class WeakSlices
{
    const int Columns = 20, Bins = 10;

    public static async Task Measure(Report report, BenchOptions options)
    {
        var rows = Made((int)options.Runs);
        var halves = RowHalves.Of([.. Enumerable.Range(0, rows.Count).Select(i => (ulong)i)]);
        string three = $"found, 3 predicates, {rows.Count / 1e6} million rows × {Columns}", two = "found, 2 predicates", one = "found, 2 predicates, one thread", naive = "hash table for each pair, one thread";
        for (var round = 0; round < options.Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(true);
            var busy = Environment.CpuUsage.TotalTime;
            report.Add(three, "ms", await Time(() => WeakSliceSearch.Find(rows, new(), default)));
            report.Add("its processor time", "ms", (Environment.CpuUsage.TotalTime - busy).TotalMilliseconds);
            report.Add("allocated by it", "kB", (GC.GetTotalAllocatedBytes(true) - before) / 1024.0);
            report.Add("the same, the 1000 weakest", "ms", await Time(() => WeakSliceSearch.Find(rows, new() { Top = 1000 }, default)));
            report.Add("found on one half, confirmed on the other", "ms", await Time(() => WeakSliceSearch.FindAndConfirm(rows, halves, new(), default)));
            report.Add(two, "ms", await Time(() => WeakSliceSearch.Find(rows, new() { Predicates = 2 }, default)));
            report.Add(one, "ms", await Time(() => WeakSliceSearch.Find(rows, new() { Predicates = 2, Threads = 1 }, default)));
            report.Add(naive, "ms", await Time(() => Task.FromResult(Naive(rows))));
        }
        report.Ratio("hash tables / found, both 2 predicates and one thread", naive, one);
    }

    static async Task<double> Time<T>(Func<Task<T>> work)
    {
        var from = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(from).TotalMilliseconds;
    }

    /// <summary>The highest score of two predicates.</summary>
    static double Naive(BinnedRows rows)
    {
        var (best, loss, least) = (0.0, 0.0, new SliceOptions().Least(rows.Count));
        foreach (var each in rows.Losses.Span)
            loss += each;
        var score = new SliceScore(rows.Count, loss, 0.99);
        for (var a = 0; a < Columns; a++)
            for (var b = a + 1; b < Columns; b++)
            {
                Dictionary<(byte, byte), (int Rows, double Loss)> groups = [];
                ReadOnlySpan<byte> left = rows.Columns[a].Codes.Span, right = rows.Columns[b].Codes.Span;
                var losses = rows.Losses.Span;
                for (var i = 0; i < losses.Length; i++)
                {
                    ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, (left[i], right[i]), out _);
                    group = (group.Rows + 1, group.Loss + losses[i]);
                }
                foreach (var group in groups.Values)
                    best = group.Rows < least ? best : Math.Max(best, score.Of(group.Rows, group.Loss));
            }
        return best;
    }

    static BinnedRows Made(int count)
    {
        var random = new SplitMix(5);
        var codes = Enumerable.Range(0, Columns).Select(_ => new byte[count]).ToArray();
        var losses = new double[count];
        for (var i = 0; i < count; i++)
        {
            for (var c = 0; c < Columns; c++)
            {
                var unit = random.NextUnit();
                codes[c][i] = (byte)(Bins * (c % 2 == 0 ? unit * unit * unit : unit));
            }
            // Four times the loss on about 2.6 % of the rows: one column in its second bin, two in their first.
            losses[i] = -Math.Log(1 - random.NextUnit()) * (codes[0][i] == 1 && codes[2][i] == 0 && codes[4][i] == 0 ? 4 : 1);
        }
        string[] labels = [.. Enumerable.Range(0, Bins).Select(bin => $"bin {bin}")];
        return new([.. codes.Select((column, c) => new BinnedColumn($"c{c}", labels, column))], losses);
    }
}
