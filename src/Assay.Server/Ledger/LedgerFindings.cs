namespace Assay.Server.Ledger;

/// <summary>What is wrong, in words: the first hundred, and how many more. A ledger that is wrong all over must not fill the memory.</summary>
sealed class LedgerFindings
{
    const int Most = 100;
    readonly List<string> told = [];
    long more;

    /// <summary>Is nothing wrong?</summary>
    public bool None => told.Count == 0;

    /// <summary>Adds one.</summary>
    public void Add(string finding)
    {
        if (told.Count < Most)
            told.Add(finding);
        else
            more++;
    }

    /// <summary>All that is told.</summary>
    public IReadOnlyList<string> All() => more == 0 ? told : [.. told, $"and {more} more findings"];
}
