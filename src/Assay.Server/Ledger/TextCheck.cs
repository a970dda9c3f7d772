using Assay.Server.Storage;

namespace Assay.Server.Ledger;

/// <summary>Texts beside the ledger against the hashes in its entries: whole, or erased by an entry that says so.</summary>
static class TextCheck
{
    public static async Task Run(Tx tx, IReadOnlyList<StoredEntry> entries, LedgerFindings findings)
    {
        var wanted = entries.SelectMany(e => LedgerTexts.In(e.Body).Select(hash => (Hash: hash, e.Seq))).ToList();
        if (wanted.Count == 0)
            return;
        var stored = (await LedgerTexts.Of(tx, [.. wanted.Select(w => w.Hash).Distinct()])).ToDictionary(t => t.Hash);
        foreach (var (hash, seq) in wanted)
            if (!stored.TryGetValue(hash, out var text))
                findings.Add($"entry {seq}: the text {hash[..12]} is missing, and no entry says that it was erased");
            else if (!text.IsSound)
                findings.Add($"entry {seq}: the text {hash[..12]} was altered");
            else if (text.Words is null && await tx.First(LedgerSql.ById, ("id", text.ErasedBy ?? "")) is not { Action: LedgerActions.TextErased, Outcome: "allowed" })
                findings.Add($"entry {seq}: the text {hash[..12]} is gone, and no entry says that it was erased");
    }
}
