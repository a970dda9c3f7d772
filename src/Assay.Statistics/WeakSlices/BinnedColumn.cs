namespace Assay.Statistics.WeakSlices;

/// <summary>One column whose values were put into bins: for each row the number of its bin.</summary>
public sealed class BinnedColumn
{
    /// <summary>The most bins that a column may have.</summary>
    public const int MostBins = 256;

    /// <summary>A column of these bins. Throws where a code names none of them.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="bins">The bins' labels, 1 to <see cref="MostBins"/>; a missing value has a bin of its own.</param>
    /// <param name="codes">For each row the number of its bin, from 0. It is kept, not copied.</param>
    public BinnedColumn(string name, IReadOnlyList<string> bins, ReadOnlyMemory<byte> codes)
    {
        if (bins.Count is 0 or > MostBins)
            throw new ArgumentOutOfRangeException(nameof(bins), bins.Count, $"The column {name} has 1 to {MostBins} bins.");
        if (codes.Span.ContainsAnyExceptInRange((byte)0, (byte)(bins.Count - 1)))
            throw new ArgumentException($"The column {name} has a code beyond its {bins.Count} bins.", nameof(codes));
        (Name, Bins, Codes) = (name, bins, codes);
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>The labels of its bins.</summary>
    public IReadOnlyList<string> Bins { get; }

    /// <summary>For each row the number of its bin.</summary>
    public ReadOnlyMemory<byte> Codes { get; }
}
