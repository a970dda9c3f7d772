using System.Numerics;
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

    /// <summary>Runs a proof twice: once to learn which subtrees it wants, once with their roots.</summary>
    static async Task<List<byte[]>> Proof(Tx tx, Func<Func<long, long, byte[]>, List<byte[]>> make)
    {
        List<(long From, long To)> wanted = [];
        make((from, to) =>
        {
            wanted.Add((from, to));
            return [];
        });
        Dictionary<(long, long), byte[]> roots = [];
        foreach (var (from, to) in wanted)
            roots[(from, to)] = await Root(tx, from, to);
        return make((from, to) => roots[(from, to)]);
    }

    /// <summary>The root over the leaves from (inclusive) to (exclusive); <paramref name="from"/> must be aligned as RFC 6962 splits.</summary>
    internal static async Task<byte[]> Root(Tx tx, long from, long to)
    {
        if (to == from)
            return MerkleTree.EmptyRoot;
        List<byte[]> parts = [];
        for (var at = from; at < to;)
        {
            var height = BitOperations.Log2((ulong)(to - at));
            if (at != 0)
                height = Math.Min(height, BitOperations.TrailingZeroCount(at));
            parts.Add(await tx.First(LedgerSql.Node, ("level", (long)height), ("position", at >> height)) ?? throw new InvalidOperationException($"the ledger misses node {height}/{at >> height}"));
            at += 1L << height;
        }
        var root = parts[^1];
        for (var i = parts.Count - 2; i >= 0; i--)
            root = MerkleTree.Node(parts[i], root);
        return root;
    }
}
