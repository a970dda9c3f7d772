using Assay.Client.Api;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Contracts.Ledger;

namespace Assay.Client.Ledger;

/// <summary>What an audit from outside found.</summary>
public sealed record LedgerAuditReport(string Origin, long Size, string Root, IReadOnlyList<string> Findings);

/// <summary>
/// Verifies a registry's ledger from outside: fetches every entry, recomputes the tree (RFC 6962) and compares it with the signed head, and
/// with an older one that was kept elsewhere.
/// </summary>
public sealed class LedgerAudit(AssayApi api)
{
    const int Page = 1000;

    /// <summary>Reads the whole ledger. <paramref name="older"/> is the text of a checkpoint that must be a prefix.</summary>
    public async Task<LedgerAuditReport> Run(string? older, CancellationToken ct)
    {
        var keys = (await api.Get("keys", ct)).Maps("keys").Select(k => VerificationKey.FromBase64(k.Text("public_key") ?? "")).OfType<VerificationKey>().ToList();
        var note = await api.GetText("ledger/checkpoint", ct);
        List<string> findings = [];
        if (Checkpoint.Open(note, keys) is not { } head)
            return new("", 0, Digest.FromHash(MerkleTree.EmptyRoot).ToString(), ["the newest head is not signed by a key of this registry"]);
        var before = older is null ? null : Checkpoint.Open(older, keys);
        if (older is not null && before is null)
            findings.Add("the older checkpoint is not signed by a key of this registry: it is another registry's, or the registry has another key now");
        if (before is not null && before.Origin != head.Origin)
            findings.Add($"the older checkpoint is of the ledger {before.Origin}, this one is {head.Origin}");
        if (before is not null && before.Size > head.Size)
            findings.Add($"the older checkpoint tells of {before.Size} entries, the newest head only of {head.Size}: entries were removed");
        var tree = new GrowingTree();
        await Read(tree, head.Size, before?.Size, findings, ct);
        if (tree.Size < head.Size)
            findings.Add($"the newest head tells of {head.Size} entries, but only {tree.Size} were handed out");
        else if (!tree.Root().AsSpan().SequenceEqual(head.Root))
            findings.Add($"the entries give the root {Digest.FromHash(tree.Root())}, the signed head says {Digest.FromHash(head.Root)}: an entry was altered, swapped, added or removed");
        if (before is not null && tree.Kept is { } then && !then.AsSpan().SequenceEqual(before.Root))
            findings.Add($"the first {before.Size} entries no longer give the root of the older checkpoint: history was rewritten");
        return new(head.Origin, tree.Size, Digest.FromHash(tree.Root()).ToString(), findings);
    }

    async Task Read(GrowingTree tree, long size, long? keepAt, List<string> findings, CancellationToken ct)
    {
        tree.KeepAt(keepAt);
        while (tree.Size < size)
        {
            var answer = await api.Get("ledger/entries".With(("from", $"{tree.Size}"), ("limit", $"{Math.Min(Page, size - tree.Size)}")), ct);
            var entries = answer.Maps("entries");
            if (entries.Count == 0)
                return;
            foreach (var entry in entries)
            {
                if (entry.Whole("seq") != tree.Size)
                    findings.Add($"entry {entry.Whole("seq")} was handed out where {tree.Size} was expected");
                tree.Add(MerkleTree.Leaf(Convert.FromBase64String(entry.Text("body") ?? "")));
            }
        }
    }
}
