using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Ledger;
using Assay.Server.Pages.Errors;
using Assay.Server.Pages.Layout;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Pages.Records;

/// <summary>The ledger, newest first.</summary>
/// <param name="Model">Only what is about this model.</param>
/// <param name="Lines">A page of entries.</param>
/// <param name="Older">Where the next page starts; null at the end.</param>
/// <param name="Head">The newest signed head.</param>
public sealed record LedgerView(string? Model, IReadOnlyList<EntryLine> Lines, long? Older, StoredHead? Head);

/// <summary>One entry with the bytes that were hashed.</summary>
/// <param name="Line">What it says.</param>
/// <param name="Body">Its content as indented JSON.</param>
/// <param name="Texts">The texts that stand beside it.</param>
/// <param name="Leaf">The hash over its bytes.</param>
/// <param name="Proof">How many hashes prove that the newest head holds it; null while no head does.</param>
/// <param name="Head">That head.</param>
public sealed record EntryView(EntryLine Line, string Body, IReadOnlyList<LedgerText> Texts, Digest? Leaf, int? Proof, StoredHead? Head);

internal static class LedgerPages
{
    const int PageSize = 25;
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static async Task<IResult> List(LedgerReader ledger, CancellationToken ct, string? model = null, long before = long.MaxValue)
    {
        var name = string.IsNullOrWhiteSpace(model) ? null : model.Trim();
        var entries = await ledger.NewestFirst(name, before, PageSize, ct);
        var texts = await ledger.Texts(entries, ct);
        return Drawn.As<LedgerPage>(new LedgerView(name, [.. entries.Select(e => EntryLine.Of(e, texts))], entries.Count == PageSize ? entries[^1].Seq : null, await ledger.Head(ct)));
    }

    internal static async Task<IResult> One(string id, LedgerReader ledger, CancellationToken ct)
    {
        var entry = long.TryParse(id, out var number) ? (await ledger.Page(number, 1, ct)).FirstOrDefault(entry => entry.Seq == number) : await ledger.Entry(id, ct);
        if (entry is null)
        {
            var refusal = new Refusal(RefusalKind.NotFound, "no-such-entry", $"The ledger has no entry {id}", "Entries are never deleted: this one did not exist before either.");
            return Drawn.As<ErrorPage>(ErrorView.Refused(refusal, ("Ledger", "/ledger")), StatusCodes.Status404NotFound);
        }
        var head = await ledger.Head(ct);
        int? proof = entry.Seq is { } seq && head is not null && seq < head.Size ? (await ledger.Inclusion(seq, head.Size, ct)).Count : null;
        var body = JsonNode.Parse(entry.Body)!.ToJsonString(Indented);
        var texts = await ledger.Texts([entry], ct);
        return Drawn.As<EntryPage>(new EntryView(EntryLine.Of(entry, texts), body, texts, entry.Leaf is { } leaf ? Digest.FromHash(leaf) : null, proof, head));
    }
}
