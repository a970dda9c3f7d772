namespace Assay.Statistics.WeakSlices;

/// <summary>Bins for texts: the most frequent ones, one for all others, and one for missing values (null), which is the last.</summary>
public sealed class TextBins
{
    /// <summary>How many texts have a bin of their own.</summary>
    public const int Most = 63;

    /// <summary>What the bin of all other texts is called.</summary>
    public const string Others = "(others)";

    readonly Dictionary<string, byte> bins = new(StringComparer.Ordinal);

    /// <summary>Bins of the texts that were counted most often; of equal counts the ordinally first.</summary>
    public TextBins(IEnumerable<KeyValuePair<string, long>> counts, int most = Most)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, BinnedColumn.MostBins - 2);
        string[] own = [.. counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Take(most).Select(count => count.Key)];
        foreach (var text in own)
            bins.Add(text, (byte)bins.Count);
        Labels = [.. own, Others, NumberBins.Missing];
    }

    /// <summary>The labels in order: texts, <see cref="Others"/>, missing.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The bin of a text.</summary>
    public byte Of(string? text) => text is null ? (byte)(bins.Count + 1) : bins.TryGetValue(text, out var bin) ? bin : (byte)bins.Count;
}
