using Assay.Client.Verification;
using Assay.Contracts;
using Assay.Contracts.Ledger;

namespace Assay.Client.Ledger;

/// <summary>What an audit from outside found.</summary>
/// <param name="Origin">The ledger's name.</param>
/// <param name="From">The first entry that was read.</param>
/// <param name="Size">Entries under the recomputed root.</param>
/// <param name="Root">The recomputed root, as a digest.</param>
/// <param name="Time">When the head was signed.</param>
/// <param name="Findings">Each thing that is wrong.</param>
public sealed record LedgerAuditReport(string Origin, long From, long Size, string Root, DateTimeOffset? Time, IReadOnlyList<string> Findings);

/// <summary>
/// Verifies a ledger from outside: reads every entry, recomputes the tree (RFC 6962) and compares it with the signed head, and with an older one
/// that was kept elsewhere. Holds one hash per level of the tree and a few bundles.
/// </summary>
public static class LedgerAudit
{
    /// <summary>
    /// Reads the whole ledger. <paramref name="older"/> is the text of a checkpoint that must be a prefix; <paramref name="each"/> is given every
    /// entry as it passes.
    /// </summary>
    public static async Task<LedgerAuditReport> Run(ILedgerSource source, Trust trust, string? older, Func<byte[], ValueTask>? each, CancellationToken ct)
    {
        List<string> findings = [];
        if (Checkpoint.Open(source.Note, trust.Keys) is not { } head || head.Origin != trust.Origin)
            return new(trust.Origin, source.From, 0, Digest.FromHash(MerkleTree.EmptyRoot).ToString(), null, [$"the head is not signed by a trusted key for the ledger {trust.Origin}"]);
        var before = Older(older, trust, head, source.From, findings);
        if (GrowingTree.Of(source.From, source.Before) is not { } tree)
            return new(trust.Origin, source.From, 0, Digest.FromHash(MerkleTree.EmptyRoot).ToString(), null, [$"{source.Before.Count} hashes cannot stand for the first {source.From} entries"]);
        Compare();
        await foreach (var entry in source.Entries(head.Size, ct))
        {
            tree.Add(MerkleTree.Leaf(entry));
            Compare();
            if (each is not null)
                await each(entry);
        }
        var root = tree.Root();
        if (tree.Size != head.Size)
            findings.Add($"the head tells of {head.Size} entries, but {tree.Size} are there: entries were removed or added");
        else if (!root.AsSpan().SequenceEqual(head.Root))
            findings.Add($"the entries give the root {Digest.FromHash(root)}, the signed head says {Digest.FromHash(head.Root)}: an entry was altered, swapped, added or removed");
        return new(head.Origin, source.From, tree.Size, Digest.FromHash(root).ToString(), head.Time, findings);

        void Compare()
        {
            if (before is not null && tree.Size == before.Size && !tree.Root().AsSpan().SequenceEqual(before.Root))
                findings.Add($"the first {before.Size} entries do not give the root of the checkpoint kept elsewhere: history was rewritten");
        }
    }

    static Checkpoint? Older(string? note, Trust trust, Checkpoint head, long from, List<string> findings)
    {
        if (note is null)
            return null;
        if (Checkpoint.Open(note, trust.Keys) is not { } older)
        {
            findings.Add("the checkpoint kept elsewhere is not signed by a trusted key: it is another registry's, it was altered, or the registry has another key now");
            return null;
        }
        if (older.Origin != head.Origin)
            findings.Add($"the checkpoint kept elsewhere is of the ledger {older.Origin}, this one is {head.Origin}");
        else if (older.Size > head.Size)
            findings.Add($"the checkpoint kept elsewhere tells of {older.Size} entries, the head here only of {head.Size}: the newest entries were removed (or this is an older copy)");
        else if (older.Size < from)
            findings.Add($"the checkpoint kept elsewhere has {older.Size} entries, and what is here begins at entry {from}: they cannot be compared");
        else
            return older;
        return null;
    }
}
