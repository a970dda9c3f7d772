using System.Globalization;

namespace Assay.Statistics.WeakSlices;

/// <summary>
/// Bins for numbers: half-open, the lowest and the highest without end, and one for missing values (NaN), which is the last.
/// </summary>
public sealed class NumberBins
{
    /// <summary>What the bin of missing values is called.</summary>
    public const string Missing = "null";

    readonly double[] edges;

    /// <summary>Bins between these edges, which ascend and are finite.</summary>
    public NumberBins(IReadOnlyList<double> edges)
    {
        this.edges = [.. edges];
        if (this.edges.Length > BinnedColumn.MostBins - 2)
            throw new ArgumentOutOfRangeException(nameof(edges), edges.Count, $"There are at most {BinnedColumn.MostBins - 2} edges.");
        for (var i = 0; i < this.edges.Length; i++)
            if (!double.IsFinite(this.edges[i]) || (i > 0 && this.edges[i] <= this.edges[i - 1]))
                throw new ArgumentException("Edges are finite and ascend.", nameof(edges));
        Labels = [.. Enumerable.Range(0, this.edges.Length + 1).Select(Label), Missing];
    }

    /// <summary>The edges between bins, ascending.</summary>
    public IReadOnlyList<double> Edges => edges;

    /// <summary>The labels in order; the last is that of missing values.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>
    /// Bins that each hold a tenth of a sample, or a little more: equal values are never parted, and a value that alone is a tenth of the sample has a bin of
    /// its own. With at most ten different values, each has its own. NaN is left out.
    /// </summary>
    public static NumberBins Deciles(IEnumerable<double> sample)
    {
        double[] sorted = [.. sample.Where(double.IsFinite).Order()];
        List<(double Value, int Count)> values = [];
        foreach (var value in sorted)
            if (values.Count > 0 && values[^1].Value == value)
                values[^1] = (value, values[^1].Count + 1);
            else
                values.Add((value, 1));
        List<double> edges = [];
        var (held, tenth) = (0, values.Count <= 10 ? 1 : sorted.Length / 10.0);
        foreach (var (value, count) in values)
        {
            if (held > 0 && (held >= tenth || count >= tenth))
            {
                edges.Add(value);
                held = 0;
            }
            held += count;
        }
        return new(edges);
    }

    /// <summary>The bin of a value.</summary>
    public byte Of(double value)
    {
        if (double.IsNaN(value))
            return (byte)(edges.Length + 1);
        int low = 0, high = edges.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = value >= edges[middle] ? (middle + 1, high) : (low, middle);
        }
        return (byte)low;
    }

    string Label(int bin) => edges.Length == 0 ? "any number"
        : bin == 0 ? $"< {Text(edges[0])}"
        : bin == edges.Length ? $">= {Text(edges[^1])}"
        : $"[{Text(edges[bin - 1])}, {Text(edges[bin])})";

    static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
