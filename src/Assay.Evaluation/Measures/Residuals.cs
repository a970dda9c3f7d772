using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace Assay.Evaluation.Measures;

/// <summary>
/// How prediction minus truth is spread, for a picture: the histogram of at most <see cref="Most"/> rows, those whose digest is least where there are more.
/// The middle 99 % lie in bins of one width, the rest in the two outer ones.
/// </summary>
internal sealed class Residuals(long rows) : IRowMeasure
{
    const int Most = 100_000, Bins = 40;
    readonly ulong upTo = rows <= Most ? ulong.MaxValue : (ulong)(ulong.MaxValue * (Most / (double)rows));
    readonly List<double> kept = [];

    public void Take(ScoredBatch batch)
    {
        for (var r = 0; r < batch.Rows; r++)
            if (BinaryPrimitives.ReadUInt64BigEndian(batch.Digests.AsSpan(r * 32)) <= upTo)
                kept.Add(batch.Model[r] - batch.Target[r]);
    }

    /// <summary>The <c>residuals</c> of evidence's curves; a null bound is open.</summary>
    public JsonArray Histogram()
    {
        kept.Sort();
        double low = kept[kept.Count / 200], high = kept[^(1 + (kept.Count / 200))];
        if (low == high)
            return new(new JsonObject { ["from"] = Published.Number(low), ["to"] = Published.Number(high), ["n"] = kept.Count });
        var counts = new long[Bins + 2];
        var width = (high - low) / Bins;
        foreach (var residual in kept)
            counts[residual < low ? 0 : residual > high ? Bins + 1 : 1 + Math.Min(Bins - 1, (int)((residual - low) / width))]++;
        return new([.. counts.Select((n, i) => new JsonObject
        {
            ["from"] = i == 0 ? null : Published.Number(low + ((i - 1) * width)),
            ["to"] = i > Bins ? null : Published.Number(low + (i * width)),
            ["n"] = n,
        })]);
    }
}
