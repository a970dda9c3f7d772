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
        ledger.MapGet("/newest", NewestFirst).Allows(Permission.Read, On.Everything);
        ledger.MapGet("/entries/{id}", One).Allows(Permission.Read, On.Everything);
        ledger.MapGet("/proof/inclusion", Inclusion).Allows(Permission.Known, On.Nothing);
        ledger.MapGet("/proof/consistency", Consistency).Allows(Permission.Known, On.Nothing);
        ledger.MapGet("/tile/{**path}", TileOf).Allows(Permission.Known, On.Nothing);
        ledger.MapGet("/tile/entries/{**path}", Bundle).Allows(Permission.Read, On.Everything);
        ledger.MapPost("/erasures", Erase).Allows(Permission.Operate, On.Everything);
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
        return TypedResults.Ok(new LedgerPage(await LedgerLine.Of(page, ledger, ct), page.Count == limit ? page[^1].Seq + 1 : null));
    }

    /// <summary>The newest entries first, of everything or of one model, below the number <c>before</c>; 1 to 1000 at a time.</summary>
    internal static async Task<Results<Ok<LedgerPage>, Refused>> NewestFirst(LedgerReader ledger, CancellationToken ct, string? model = null, long before = long.MaxValue, int limit = 20)
    {
        if (limit is < 1 or > MostEntries)
            return new Refused(LedgerRefusals.Page(0, limit, MostEntries));
        var page = await ledger.NewestFirst(model, before, limit, ct);
        return TypedResults.Ok(new LedgerPage(await LedgerLine.Of(page, ledger, ct), page.Count == limit ? page[^1].Seq : null));
    }

    /// <summary>One entry by its id.</summary>
    internal static async Task<Results<Ok<LedgerLine>, Refused>> One(string id, LedgerReader ledger, CancellationToken ct) =>
        await ledger.Entry(id, ct) is { } entry ? TypedResults.Ok((await LedgerLine.Of([entry], ledger, ct))[0]) : new Refused(LedgerRefusals.Unknown(id));

    /// <summary>A tile of hashes, <c>LEVEL/INDEX[.p/WIDTH]</c> as c2sp.org/tlog-tiles writes it: 32 bytes a hash. A full tile never changes.</summary>
    internal static Task<Results<FileContentHttpResult, Refused>> TileOf(string path, TileShelf tiles, HttpContext context, CancellationToken ct) => Static(path, false, tiles, context, ct);

    /// <summary>A bundle of entries, <c>INDEX[.p/WIDTH]</c>: each behind its length in two bytes, big-endian. A full bundle never changes.</summary>
    internal static Task<Results<FileContentHttpResult, Refused>> Bundle(string path, TileShelf tiles, HttpContext context, CancellationToken ct) => Static("entries/" + path, true, tiles, context, ct);

    static async Task<Results<FileContentHttpResult, Refused>> Static(string path, bool entries, TileShelf tiles, HttpContext context, CancellationToken ct)
    {
        var bytes = await tiles.Read(path, entries, ct);
        if (!bytes.Ok)
            return new Refused(bytes.Refusal!);
        // Private: who may read it is decided for each caller, so no shared cache may keep it.
        context.Response.Headers.CacheControl = path.Contains(".p/", StringComparison.Ordinal) ? "private, no-cache" : "private, max-age=31536000, immutable";
        return TypedResults.Bytes(bytes.Value, "application/octet-stream");
    }

    /// <summary>Erases personal text that stands beside the ledger: all of an entry, or one by its hash. A reason is needed; the ledger still verifies.</summary>
    internal static Task<Results<Ok<Erased>, Refused>> Erase(ErasureBody body, Caller caller, LedgerErasure erasure, CancellationToken ct) =>
        erasure.Erase(body.Entry, body.Text, body.Reason ?? "", caller.Principal, ct).Ok();

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

/// <summary>What to erase: the texts of an entry by its id, or one text by its hash; and why.</summary>
internal sealed record ErasureBody(string? Entry, string? Text, string? Reason);

/// <summary>Hashes of a proof in base64, in the order of RFC 6962.</summary>
internal sealed record LedgerProof(long From, long Size, IReadOnlyList<string> Hashes)
{
    public static LedgerProof Of(long from, long size, List<byte[]> hashes) => new(from, size, hashes.ConvertAll(Convert.ToBase64String));
}

/// <summary>The public keys of this registry.</summary>
internal sealed record PublicKeys(IReadOnlyList<PublicKeys.Key> Keys)
{
    internal sealed record Key(string Keyid, string Algorithm, string PublicKey)
    {
        /// <summary>It signs no more; what it signed stays believable.</summary>
        public bool? Retired { get; init; }
    }

    public static PublicKeys Of(KeyRing ring) => new([.. ring.Public.Select((k, i) => new Key(k.Id, "ed25519", k.Base64) { Retired = i > 0 ? true : null })]);
}
