using Assay.Contracts.Ledger;
using Assay.Server.Identity;

namespace Assay.Server.Ledger;

/// <summary>Signed heads, of the database and of the folder, against the tree as it grows: each is looked at when the tree has its size.</summary>
sealed class HeadCheck(KeyRing keys, string origin, LedgerFindings findings)
{
    readonly SortedDictionary<long, List<(string Name, Checkpoint Head)>> waiting = [];

    /// <summary>A head of the database: its columns and its signature now, its root later.</summary>
    public void Add(StoredHead stored)
    {
        var name = $"the head of size {stored.Size}";
        if (Checkpoint.Open(stored.Note, keys.Public) is not { } head || head.Origin != origin)
            findings.Add($"{name} is not signed by this registry");
        else if (head.Size != stored.Size || !head.Root.AsSpan().SequenceEqual(stored.Root) || head.Time?.ToUnixTimeMilliseconds() != stored.AtMs)
            findings.Add($"{name}: its columns differ from what was signed");
        else
            Wait($"{name} in the database", head);
    }

    /// <summary>A head of the folder.</summary>
    public void Add(string file, string note)
    {
        if (Checkpoint.Open(note, keys.Public) is not { } head || head.Origin != origin)
            findings.Add($"the checkpoint file {file} is not signed by this registry for this ledger");
        else
            Wait($"the checkpoint file {file}", head);
    }

    /// <summary>The tree has grown to this size.</summary>
    public void Reached(long size, Func<byte[]> root)
    {
        if (!waiting.Remove(size, out var heads))
            return;
        var here = root();
        foreach (var (name, head) in heads)
            if (!head.Root.AsSpan().SequenceEqual(here))
                findings.Add($"{name} has another root than its entries give: an entry before it was altered, swapped or removed");
    }

    /// <summary>The tree has no more entries: whoever still waits tells of more.</summary>
    public void End(long size)
    {
        foreach (var (name, head) in waiting.Values.SelectMany(h => h))
            findings.Add($"{name} tells of {head.Size} entries, but {size} are there: the newest were removed");
    }

    void Wait(string name, Checkpoint head)
    {
        if (!waiting.TryGetValue(head.Size, out var heads))
            waiting[head.Size] = heads = [];
        heads.Add((name, head));
    }
}
