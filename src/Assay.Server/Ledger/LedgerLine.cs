using System.Text.Json.Nodes;

namespace Assay.Server.Ledger;

/// <summary>One entry: its number, the bytes that were hashed in base64, the same read as JSON, and the texts beside it by their hashes (null: erased).</summary>
internal sealed record LedgerLine(long? Seq, string Body, JsonNode? Entry, IReadOnlyDictionary<string, string?>? Texts)
{
    public static async Task<IReadOnlyList<LedgerLine>> Of(IReadOnlyList<StoredEntry> entries, LedgerReader ledger, CancellationToken ct)
    {
        var texts = (await ledger.Texts(entries, ct)).ToDictionary(t => t.Hash, t => t.Words);
        return [.. entries.Select(e => Of(e, texts))];
    }

    static LedgerLine Of(StoredEntry entry, Dictionary<string, string?> texts)
    {
        var beside = texts.Count == 0 ? [] : LedgerTexts.In(entry.Body).Distinct().Where(texts.ContainsKey).ToDictionary(hash => hash, hash => texts[hash]);
        return new(entry.Seq, Convert.ToBase64String(entry.Body), JsonNode.Parse(entry.Body), beside.Count == 0 ? null : beside);
    }
}
