using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Http;
using Assay.Server.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Ledger;

internal static class LedgerEndpoints
{
    const int MostEntries = 1000;

    public static void MapLedger(this IEndpointRouteBuilder api)
    {
        var ledger = api.MapGroup("/ledger").WithTags("Ledger");
        ledger.MapGet("/checkpoint", Newest).Allows(Permission.Known, On.Nothing);
        ledger.MapGet("/entries", Entries).Allows(Permission.Read, On.Everything);
        ledger.MapGet("/entries/{id}", One).Allows(Permission.Read, On.Everything);
        ledger.MapGet("/proof/inclusion", Inclusion).Allows(Permission.Known, On.Nothing);
        ledger.MapGet("/proof/consistency", Consistency).Allows(Permission.Known, On.Nothing);
        ledger.MapPost("/verification", Verify).Allows(Permission.Audit, On.Everything);
        api.MapGet("/keys", (KeyRing keys) => TypedResults.Ok(PublicKeys.Of(keys))).WithTags("Ledger").Open();
    }

    /// <summary>The newest signed head, as a C2SP signed note (text).</summary>
    internal static async Task<Results<ContentHttpResult, Refused>> Newest(LedgerReader ledger, CancellationToken ct) =>
        await ledger.Head(ct) is { } head ? TypedResults.Text(head.Note, "text/plain; charset=utf-8") : new Refused(LedgerRefusals.Empty());

    /// <summary>Numbered entries from <c>from</c> on, 1 to 1000 at a time; each with its number and the exact bytes that were hashed (base64).</summary>
    internal static async Task<Results<Ok<LedgerPage>, Refused>> Entries(LedgerReader ledger, CancellationToken ct, long from = 0, int limit = 100)
    {
        if (from < 0 || limit is < 1 or > MostEntries)
            return new Refused(LedgerRefusals.Page(from, limit, MostEntries));
        var page = await ledger.Page(from, limit, ct);
        return TypedResults.Ok(new LedgerPage([.. page.Select(LedgerLine.Of)], page.Count == limit ? page[^1].Seq + 1 : null));
    }

    /// <summary>One entry by its id.</summary>
    internal static async Task<Results<Ok<LedgerLine>, Refused>> One(string id, LedgerReader ledger, CancellationToken ct) =>
        await ledger.Entry(id, ct) is { } entry ? TypedResults.Ok(LedgerLine.Of(entry)) : new Refused(LedgerRefusals.Unknown(id));

    /// <summary>The audit path (RFC 6962) of entry <c>seq</c> in the tree of <c>size</c> entries.</summary>
    internal static async Task<Results<Ok<LedgerProof>, Refused>> Inclusion(long seq, long size, LedgerReader ledger, CancellationToken ct)
    {
        var newest = (await ledger.Head(ct))?.Size ?? 0;
        return seq < 0 || seq >= size || size > newest
            ? new Refused(LedgerRefusals.Range(seq, size, newest))
            : TypedResults.Ok(LedgerProof.Of(seq, size, await ledger.Inclusion(seq, size, ct)));
    }

    /// <summary>The proof (RFC 6962) that the tree of <c>old</c> entries is a prefix of that of <c>size</c>.</summary>
    internal static async Task<Results<Ok<LedgerProof>, Refused>> Consistency(long old, long size, LedgerReader ledger, CancellationToken ct)
    {
        var newest = (await ledger.Head(ct))?.Size ?? 0;
        return old < 0 || old > size || size > newest
            ? new Refused(LedgerRefusals.Range(old, size, newest))
            : TypedResults.Ok(LedgerProof.Of(old, size, await ledger.Consistency(old, size, ct)));
    }

    /// <summary>Recomputes the whole ledger from its bytes and compares everything stored with it.</summary>
    internal static async Task<Ok<LedgerReport>> Verify(LedgerVerifier verifier, CancellationToken ct) => TypedResults.Ok(await verifier.Verify(ct));
}

/// <summary>A page of entries; <see cref="Next"/> is the number to go on from, absent at the end.</summary>
internal sealed record LedgerPage(IReadOnlyList<LedgerLine> Entries, long? Next);

/// <summary>One entry: its number, the bytes that were hashed in base64, and the same read as JSON.</summary>
internal sealed record LedgerLine(long? Seq, string Body, JsonNode? Entry)
{
    public static LedgerLine Of(StoredEntry entry) => new(entry.Seq, Convert.ToBase64String(entry.Body), JsonNode.Parse(entry.Body));
}

/// <summary>Hashes of a proof in base64, in the order of RFC 6962.</summary>
internal sealed record LedgerProof(long From, long Size, IReadOnlyList<string> Hashes)
{
    public static LedgerProof Of(long from, long size, List<byte[]> hashes) => new(from, size, hashes.ConvertAll(Convert.ToBase64String));
}

/// <summary>The public keys of this registry.</summary>
internal sealed record PublicKeys(IReadOnlyList<PublicKeys.Key> Keys)
{
    internal sealed record Key(string Keyid, string Algorithm, string PublicKey);

    public static PublicKeys Of(KeyRing ring) => new([.. ring.Public.Select(k => new Key(k.Id, "ed25519", k.Base64))]);
}

internal static class LedgerRefusals
{
    public static Refusal Empty() => new(RefusalKind.NotFound, "ledger-empty", "The ledger has no signed head yet: nothing was recorded.", "Try again after the first write; a head follows within 200 ms.");

    public static Refusal Unknown(string id) => new(RefusalKind.NotFound, "no-such-entry", $"The ledger has no entry '{id}'.", "List entries with GET /api/assay/v1/ledger/entries.", "id");

    public static Refusal Page(long from, int limit, int most) => new(RefusalKind.Invalid, "bad-page", $"from={from}&limit={limit} is no page.", $"Give from ≥ 0 and limit from 1 to {most}.", from < 0 ? "from" : "limit");

    public static Refusal Range(long from, long size, long newest) => new(RefusalKind.Invalid, "bad-range", $"There is no proof from {from} to {size}: the newest head has {newest} entries.", "Give numbers within a signed head.", "size");
}
