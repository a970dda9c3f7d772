using Assay.Contracts;
using Assay.Contracts.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Ledger;

/// <summary>Reads the log: entries, heads and proofs.</summary>
public sealed class LedgerReader(Store store, TimeProvider time)
{
    string? origin;

    /// <summary>The log's name: <c>assay/</c> and an id made once per database.</summary>
    public async Task<string> Origin(CancellationToken ct)
    {
        if (origin is not null)
            return origin;
        await store.Do(tx => tx.Execute(LedgerSql.AddOrigin, ("origin", "assay/" + Ulid.New(time.GetUtcNow()).ToLowerInvariant())), ct);
        return origin = (await store.First(LedgerSql.Origin, ct))!;
    }

    /// <summary>The newest signed head; null while nothing was numbered.</summary>
    public Task<StoredHead?> Head(CancellationToken ct) => store.First(LedgerSql.NewestHead, ct);

    /// <summary>Entries in order, from a number on.</summary>
    public Task<List<StoredEntry>> Page(long from, int limit, CancellationToken ct) => store.All(LedgerSql.Page, ct, ("from", from), ("limit", limit));

    /// <summary>Entries newest first, of everything or of one model.</summary>
    public Task<List<StoredEntry>> NewestFirst(string? model, long before, int limit, CancellationToken ct) => model is null
        ? store.All(LedgerSql.NewestFirst, ct, ("before", before), ("limit", limit))
        : store.All(LedgerSql.OfModel, ct, ("model", model), ("before", before), ("limit", limit));

    /// <summary>Entries about a model that were there at a moment, newest first.</summary>
    public Task<List<StoredEntry>> UpTo(string model, DateTimeOffset at, int limit, CancellationToken ct) => store.All(LedgerSql.OfModelUpTo, ct, ("model", model), ("at", at), ("limit", limit));

    /// <summary>One entry by its id.</summary>
    public Task<StoredEntry?> Entry(string id, CancellationToken ct) => store.First(LedgerSql.ById, ct, ("id", id));

    /// <summary>The first entry about a digest of a model with that action that was allowed; null when there is none.</summary>
    public Task<StoredEntry?> FirstOf(string model, Digest digest, string action, CancellationToken ct) =>
        store.First(LedgerSql.FirstOf, ct, ("model", model), ("digest", digest), ("action", action));

    /// <summary>The audit path of an entry in a tree of that size, hashes in base64.</summary>
    public Task<List<byte[]>> Inclusion(long seq, long size, CancellationToken ct) =>
        store.Read(async tx => await Proof(tx, roots => MerkleTree.InclusionProof(seq, size, roots)), ct);

    /// <summary>The proof that an older head is a prefix of a newer one.</summary>
    public Task<List<byte[]>> Consistency(long old, long size, CancellationToken ct) =>
        store.Read(async tx => await Proof(tx, roots => MerkleTree.ConsistencyProof(old, size, roots)), ct);

    /// <summary>Texts that stand beside these entries, by their hash; those that are there.</summary>
    public Task<List<LedgerText>> Texts(IEnumerable<StoredEntry> entries, CancellationToken ct)
    {
        var hashes = entries.SelectMany(e => LedgerTexts.In(e.Body)).ToHashSet(StringComparer.Ordinal);
        return hashes.Count == 0 ? Task.FromResult<List<LedgerText>>([]) : store.Read(tx => LedgerTexts.Of(tx, hashes), ct);
    }

    /// <summary>Runs a proof twice: once to learn which subtrees it wants, once with their roots.</summary>
    static async Task<List<byte[]>> Proof(Tx tx, Func<Func<long, long, byte[]>, List<byte[]>> make)
    {
        List<(long From, long To)> wanted = [];
        make((from, to) =>
        {
            wanted.Add((from, to));
            return [];
        });
        var nodes = new TileNodes(tx);
        Dictionary<(long, long), byte[]> roots = [];
        foreach (var (from, to) in wanted)
            roots[(from, to)] = await nodes.Root(from, to);
        return make((from, to) => roots[(from, to)]);
    }
}
