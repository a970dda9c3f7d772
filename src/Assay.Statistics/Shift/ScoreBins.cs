using Assay.Statistics.Tails;

namespace Assay.Statistics.Shift;

/// <summary>
/// Twelve bins of a number, frozen from a reference: ten between its deciles X_(⌈nk/10⌉), closed above (the first holds the least value too), and one outside
/// at each end.
/// </summary>
public sealed class ScoreBins
{
    /// <summary>The number of bins.</summary>
    public const int Count = 12;

    readonly double[] edges;

    ScoreBins(double[] edges) => this.edges = edges;

    /// <summary>The eleven edges: the least value, nine deciles, the greatest value. Equal ones leave bins empty.</summary>
    public IReadOnlyList<double> Edges => edges;

    /// <summary>The bins of reference values in ascending order, at least one.</summary>
    public static ScoreBins Of(ReadOnlySpan<double> sorted)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length, nameof(sorted));
        var edges = new double[11];
        (edges[0], edges[10]) = (sorted[0], sorted[^1]);
        for (var k = 1; k < 10; k++)
            edges[k] = Quantiles.Of(sorted, k / 10.0);
        return new(edges);
    }

    /// <summary>The bin of a value, from 0 (below all of the reference) to 11 (above). NaN has no bin: missing values are counted apart.</summary>
    public int BinOf(double value)
    {
        if (double.IsNaN(value))
            throw new ArgumentException("A value that is missing has no bin.", nameof(value));
        if (value < edges[0])
            return 0;
        for (var k = 1; k <= 10; k++)
            if (value <= edges[k])
                return k;
        return Count - 1;
    }
}
