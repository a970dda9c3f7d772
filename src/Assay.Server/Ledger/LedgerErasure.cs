using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Ledger;

/// <summary>What was erased, and the entry that says so.</summary>
public sealed record Erased(IReadOnlyList<string> Texts, string Entry);

/// <summary>Erases personal text that stands beside the ledger. The entries stay as they are, so everything still verifies.</summary>
public sealed class LedgerErasure(Store store, LedgerWriter ledger, LedgerTexts texts)
{
    /// <summary>Erases the texts of an entry, or one by its hash.</summary>
    public Task<Result<Erased>> Erase(string? entry, string? text, string reason, Principal who, CancellationToken ct) => store.Write(async Task<Result<Erased>> (tx) =>
    {
        if (string.IsNullOrWhiteSpace(reason))
            return LedgerRefusals.WhyErase();
        if (entry is null == text is null)
            return LedgerRefusals.WhatToErase();
        var found = await Meant(tx, entry, text);
        if (found.Count == 0)
            return Refuse(tx, who, LedgerRefusals.NoText(entry ?? text!));
        var left = found.FindAll(t => t.Words is not null);
        if (left.Count == 0)
            return Refuse(tx, who, LedgerRefusals.Gone(entry ?? text!));
        var told = await ledger.Record(tx, who, LedgerActions.TextErased, new(), new JsonObject
        {
            ["entry"] = entry,
            ["texts"] = new JsonArray([.. left.Select(t => JsonValue.Create(t.Hash))]),
            ["reason"] = LedgerTexts.Told(await texts.Keep(tx, reason)),
        });
        foreach (var gone in left)
            await tx.Execute(TextSql.Erase, ("hash", gone.Hash), ("entry", told));
        return new Erased([.. left.Select(t => t.Hash)], told);
    }, ct);

    static async Task<List<LedgerText>> Meant(Tx tx, string? entry, string? text)
    {
        if (entry is null)
            return await LedgerTexts.Of(tx, [text!]);
        return await tx.First(LedgerSql.ById, ("id", entry)) is { } stored ? await LedgerTexts.Of(tx, [.. LedgerTexts.In(stored.Body).Distinct()]) : [];
    }

    Refusal Refuse(Tx tx, Principal who, Refusal refusal)
    {
        ledger.RecordIfRefused(tx, who, LedgerActions.TextErased, new(), () => LedgerWriter.Reason(refusal));
        return refusal;
    }
}
