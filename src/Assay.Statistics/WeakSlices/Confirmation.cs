using MathNet.Numerics.Distributions;

namespace Assay.Statistics.WeakSlices;

/// <summary>
/// Tests on rows that the search has not seen whether the found slices are weak: Welch's one-sided test of the mean loss inside against outside, and
/// Benjamini and Hochberg (1995) over all of them. Rows are taken as independent: give both halves whole entities where rows of one entity belong together.
/// </summary>
static class Confirmation
{
    public static IReadOnlyList<WeakSlice> Of(IReadOnlyList<FoundSlice> found, BinnedRows rows, SliceOptions options)
    {
        var least = Math.Max(2, options.Least(rows.Count) / 2);
        var seen = found.Select(slice => Look(slice, rows, least)).ToArray();
        var order = Enumerable.Range(0, seen.Length).OrderBy(i => seen[i].P).ToArray();
        var adjusted = 1.0;
        for (var rank = order.Length; rank >= 1; rank--)
        {
            var i = order[rank - 1];
            adjusted = Math.Min(adjusted, seen[i].P * order.Length / rank);
            seen[i] = seen[i] with { AdjustedP = adjusted, Confirmed = adjusted <= options.FalseFinds };
        }
        return seen;
    }

    static WeakSlice Look(FoundSlice slice, BinnedRows rows, int least)
    {
        var inside = Inside(slice, rows);
        var (into, rest) = (Moments(rows.Losses.Span, inside, true), Moments(rows.Losses.Span, inside, false));
        var effect = Math.Sqrt(2) * (into.Mean - rest.Mean) / Math.Sqrt(into.Variance + rest.Variance);
        return new(slice, into.Rows, into.Mean, rest.Mean, double.IsFinite(effect) ? effect : double.NaN, into.Rows < least || rest.Rows < 2 ? 1 : Welch(into, rest), 1, false);
    }

    static bool[] Inside(FoundSlice slice, BinnedRows rows)
    {
        var inside = new bool[rows.Count];
        inside.AsSpan().Fill(true);
        foreach (var (column, bin) in slice.Predicates)
        {
            var codes = rows.Columns[column].Codes.Span;
            for (var i = 0; i < inside.Length; i++)
                inside[i] &= codes[i] == bin;
        }
        return inside;
    }

    static (int Rows, double Mean, double Variance) Moments(ReadOnlySpan<double> losses, bool[] inside, bool wanted)
    {
        var (count, sum, squares) = (0, 0.0, 0.0);
        for (var i = 0; i < losses.Length; i++)
            if (inside[i] == wanted)
                (count, sum) = (count + 1, sum + losses[i]);
        var mean = sum / count;
        for (var i = 0; i < losses.Length; i++)
            if (inside[i] == wanted)
                squares += (losses[i] - mean) * (losses[i] - mean);
        return (count, mean, squares / (count - 1));
    }

    static double Welch((int Rows, double Mean, double Variance) into, (int Rows, double Mean, double Variance) rest)
    {
        double a = into.Variance / into.Rows, b = rest.Variance / rest.Rows;
        if (a + b == 0)
            return into.Mean > rest.Mean ? 0 : 1;
        var freedom = (a + b) * (a + b) / ((a * a / (into.Rows - 1)) + (b * b / (rest.Rows - 1)));
        return StudentT.CDF(0, 1, freedom, (rest.Mean - into.Mean) / Math.Sqrt(a + b));
    }
}
