namespace Assay.Evaluation.Profiles;

/// <summary>The different texts of a column with how often each occurs; at most <see cref="Most"/>, beyond which a column is no category but an id.</summary>
internal sealed class Categories
{
    /// <summary>The most different values of a category.</summary>
    public const int Most = 10_000;

    readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);
    readonly List<long> counts = [];

    /// <summary>Were there more than <see cref="Most"/>?</summary>
    public bool TooMany { get; private set; }

    /// <summary>How many there are.</summary>
    public int Count => counts.Count;

    /// <summary>The values by their code.</summary>
    public IEnumerable<(string Name, long Rows)> All => codes.Select(c => (c.Key, counts[c.Value]));

    /// <summary>How often a value occurs.</summary>
    public long Of(string name) => codes.TryGetValue(name, out var code) ? counts[code] : 0;

    /// <summary>Counts a value and gives its code; <see cref="Most"/> for those that have none.</summary>
    public int Add(string name)
    {
        if (!codes.TryGetValue(name, out var code))
        {
            if (codes.Count == Most)
            {
                TooMany = true;
                return Most;
            }
            code = counts.Count;
            codes[name] = code;
            counts.Add(0);
        }
        counts[code]++;
        return code;
    }
}
