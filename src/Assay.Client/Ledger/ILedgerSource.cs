namespace Assay.Client.Ledger;

/// <summary>Where a ledger is read from: a registry, or a file that was exported from one.</summary>
public interface ILedgerSource
{
    /// <summary>The signed head to check against, as it was handed out.</summary>
    string Note { get; }

    /// <summary>The first entry that is there; those before stand only as hashes.</summary>
    long From { get; }

    /// <summary>The roots of the whole subtrees over the entries before <see cref="From"/>, the largest first.</summary>
    IReadOnlyList<byte[]> Before { get; }

    /// <summary>The bytes of the entries from <see cref="From"/> up to a size, in order; fewer where some are missing.</summary>
    IAsyncEnumerable<byte[]> Entries(long size, CancellationToken ct);
}
