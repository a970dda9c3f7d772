using System.Collections.Concurrent;
using Assay.Evaluation.Data;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Measures.Slices;

/// <summary>By the values of columns, by bins of numbers, or by a cross of both.</summary>
internal sealed class ValueParting(IReadOnlyList<SliceWish> parts) : Parting
{
    readonly IReadOnlyList<PartValues> parts = [.. parts.Select(PartValues.Of)];
    readonly ConcurrentDictionary<string, int> numbers = new(StringComparer.Ordinal);

    public override IReadOnlyList<string> Columns => [.. parts.Select(p => p.Column)];

    public override string Title => string.Join(" x ", Columns);

    public override void Declare()
    {
        if (parts is [{ Declared: > 0 } only])
            for (var code = 1; code <= only.Declared; code++)
                NumberOf([code]);
    }

    public override int[] Of(DataBatch batch)
    {
        var codes = parts.Select(p => p.Codes(batch)).ToArray();
        var of = new int[batch.Rows];
        var met = new Dictionary<long, int>();
        var here = new int[codes.Length];
        for (var r = 0; r < of.Length; r++)
        {
            // Four parts at most, and no part has more values than there may be slices.
            var key = 0L;
            for (var p = 0; p < codes.Length; p++)
                key = (key << 15) | (uint)(here[p] = codes[p][r]);
            if (!met.TryGetValue(key, out of[r]))
                met[key] = of[r] = NumberOf(here);
        }
        return of;
    }

    int NumberOf(int[] codes)
    {
        var spelling = string.Join(' ', codes);
        if (numbers.TryGetValue(spelling, out var known))
            return known;
        int[] own = [.. codes];
        return numbers[spelling] = Number(spelling, () => new([.. parts.Select((p, i) => (p.Column, p.Spelled(own[i])))]));
    }
}
