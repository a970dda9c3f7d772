namespace Assay.Evaluation.Data.Rows;

/// <summary>
/// Collects the hashes of a set's rows. Up to <paramref name="held"/> stay in memory (32 bytes each, so 64 MB); beyond that they go to files by their
/// first byte, and memory holds a 256th of all at most.
/// </summary>
/// <param name="held">How many hashes stay in memory.</param>
public sealed class RowDigests(int held = RowDigests.Held) : ISortedRows, IDisposable
{
    /// <summary>How many hashes stay in memory unless told otherwise.</summary>
    public const int Held = 1 << 21;

    RowHash[] hashes = new RowHash[Math.Min(held, 1024)];
    RowSpill? spill;
    int count;
    bool sorted;

    /// <inheritdoc/>
    public long Rows { get; private set; }

    /// <inheritdoc/>
    public bool Short => false;

    /// <summary>Adds the hashes of some rows, as <see cref="RowHasher"/> gives them, in any order.</summary>
    public void Add(ReadOnlySpan<byte> hashes)
    {
        for (; hashes.Length > 0; hashes = hashes[RowHasher.HashBytes..])
            Add(RowHash.Of(hashes));
    }

    /// <summary>The fingerprint of all rows that were added.</summary>
    public RowFingerprint Fingerprint(CancellationToken ct)
    {
        var tree = new RowTree();
        var counts = RowCounts.Of(this, tree.Add, ct);
        return new(counts.Rows, counts.Distinct, counts.Repeated, tree.Root());
    }

    /// <summary>What these rows share with others.</summary>
    public RowOverlap Overlap(ISortedRows others) => RowOverlap.Of(this, others);

    /// <inheritdoc/>
    public IEnumerable<RowHash> Sorted()
    {
        if (!sorted)
            Sort();
        return spill?.All() ?? hashes.Take(count);
    }

    /// <inheritdoc/>
    public void Dispose() => spill?.Dispose();

    void Add(RowHash hash)
    {
        if (count == held)
            Spill();
        else if (count == hashes.Length)
            Array.Resize(ref hashes, (int)Math.Min(held, hashes.Length * 2L));
        hashes[count++] = hash;
        Rows++;
        sorted = false;
    }

    void Spill()
    {
        (spill ??= new()).Append(hashes.AsSpan(0, count));
        count = 0;
    }

    void Sort()
    {
        if (spill is null)
            hashes.AsSpan(0, count).Sort();
        else
        {
            Spill();
            spill.Sort();
        }
        sorted = true;
    }
}
