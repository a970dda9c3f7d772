using Assay.Statistics;
using Assay.Statistics.WeakSlices;

namespace Assay.Tests.Unit.Statistics.WeakSlices;

/// <summary>Rows made for tests: columns of evenly or unevenly filled bins, exponential losses, and a weak slice where one is wanted.</summary>
static class MadeRows
{
    /// <summary>Rows whose losses have mean 1, in a slice of the first three columns' bin 0 (about 3 % of the rows) <paramref name="times"/> as much.</summary>
    public static BinnedRows Planted(int rows, int columns, ulong seed, double times)
    {
        var random = new SplitMix(SplitMix.Mix(seed) + 1);
        var codes = Enumerable.Range(0, columns).Select(_ => new byte[rows]).ToArray();
        var losses = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            foreach (var column in codes)
                column[i] = Bin(random.NextUnit());
            losses[i] = -Math.Log(1 - random.NextUnit()) * (codes[0][i] == 0 && codes[1][i] == 0 && codes[2][i] == 0 ? times : 1);
        }
        return Of(codes, [.. Enumerable.Repeat(5, columns)], losses);
    }

    /// <summary>Halves as the hash of a row's number chooses them.</summary>
    public static bool[] Halves(int rows, ulong seed = 0) => RowHalves.Of([.. Enumerable.Range(0, rows).Select(i => (ulong)i + (seed << 32))]);

    public static BinnedRows Of(byte[][] codes, int[] bins, double[] losses) =>
        new([.. codes.Select((column, c) => new BinnedColumn($"c{c}", [.. Enumerable.Range(0, bins[c]).Select(bin => $"b{bin}")], column))], losses);

    // Bin 0 holds 31 % (three of them 3 %), the others the rest in falling shares.
    static byte Bin(double unit) => unit < 0.31 ? (byte)0 : unit < 0.6 ? (byte)1 : unit < 0.8 ? (byte)2 : unit < 0.95 ? (byte)3 : (byte)4;
}
