using Assay.Contracts;
using Assay.Contracts.Ledger;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Ledger;

/// <summary>What a full verification found.</summary>
/// <param name="Ok">Is everything that can be seen from here whole?</param>
/// <param name="Size">Numbered entries.</param>
/// <param name="Pending">Entries that wait for a number.</param>
/// <param name="Root">The recomputed root, as a digest.</param>
/// <param name="Findings">Each thing that is wrong, in words; the first hundred.</param>
/// <param name="Limits">What only a witness elsewhere could show.</param>
public sealed record LedgerReport(bool Ok, long Size, long Pending, Digest Root, IReadOnlyList<string> Findings, string Limits);

/// <summary>
/// Recomputes the tree from the bytes and compares all that is stored with it: every column, every tile, every text, every head in the database
/// and every head in the checkpoint folder (interfaces §8). Reads the ledger once from front to back and holds a chunk of it at a time.
/// </summary>
public sealed class LedgerVerifier(Store store, LedgerReader reader, KeyRing keys, CheckpointFolder checkpoints, TimeProvider time)
{
    const int Chunk = 2048;
    const long FollowMs = 60_000;

    const string Limits = "Entries that never reached this database, and a history rewritten together with the signing key and every checkpoint kept here, can only be shown by a checkpoint kept elsewhere (assay ledger verify --since FILE).";

    /// <summary>Verifies everything. Reads the whole ledger.</summary>
    public async Task<LedgerReport> Verify(CancellationToken ct)
    {
        var origin = await reader.Origin(ct);
        // Before the snapshot: a head that is kept while the database is read would tell of entries that the snapshot cannot have.
        var kept = checkpoints.All().ToList();
        return await store.Read(async tx =>
        {
            var findings = new LedgerFindings();
            var heads = new HeadCheck(keys, origin, findings);
            kept.ForEach(k => heads.Add(k.Name, k.Note));
            var tiles = new GrowingTiles();
            await NextHeads(tx, heads, long.MinValue, 0);
            for (var from = long.MinValue; await tx.All(LedgerSql.Range, ("from", from), ("limit", Chunk)) is { Count: > 0 } entries; from = entries[^1].Seq!.Value + 1)
            {
                ct.ThrowIfCancellationRequested();
                await NextHeads(tx, heads, tiles.Size, tiles.Size + entries.Count);
                foreach (var entry in entries)
                {
                    Check(entry, tiles, findings);
                    heads.Reached(tiles.Size, tiles.Root);
                }
                await CheckTiles(tx, tiles.TakeFull(), findings);
                await TextCheck.Run(tx, entries, findings);
            }
            await CheckTiles(tx, tiles.Partial(onlyChanged: false), findings);
            await CheckTileCounts(tx, tiles, findings);
            await NextHeads(tx, heads, tiles.Size, long.MaxValue);
            heads.End(tiles.Size);
            await CheckNewest(tx, tiles.Size, kept.Count, findings);
            return new LedgerReport(findings.None, tiles.Size, await tx.First(LedgerSql.CountPending), Digest.FromHash(tiles.Root()), findings.All(), Limits);
        }, ct);
    }

    static void Check(StoredEntry entry, GrowingTiles tiles, LedgerFindings findings)
    {
        var hash = MerkleTree.Leaf(entry.Body);
        if (entry.Seq != tiles.Size)
            findings.Add($"entry {entry.Id} has the number {entry.Seq} where {tiles.Size} was expected: an entry was removed, added or renumbered");
        if (entry.Leaf is null || !hash.AsSpan().SequenceEqual(entry.Leaf))
            findings.Add($"entry {entry.Seq}: the stored leaf hash is not that of its bytes");
        if (EntryColumns.Differing(entry) is { Count: > 0 } wrong)
            findings.Add($"entry {entry.Seq}: the stored {string.Join(", ", wrong)} differ from its bytes");
        tiles.Add(hash);
    }

    static async Task NextHeads(Tx tx, HeadCheck heads, long above, long upto)
    {
        const int Most = 10_000;
        foreach (var head in await tx.All(LedgerSql.Heads, ("above", above), ("upto", upto), ("limit", Most)))
            heads.Add(head);
    }

    static async Task CheckTiles(Tx tx, IReadOnlyList<StoredTile> made, LedgerFindings findings)
    {
        foreach (var tile in made)
        {
            var stored = await TileNodes.Stored(tx, tile.Level, tile.Index);
            if (stored is null || !stored.AsSpan().SequenceEqual(tile.Hashes))
                findings.Add($"tile {tile.Level}/{tile.Index} is {(stored is null ? "missing" : "not what the entries give")}");
        }
    }

    static async Task CheckTileCounts(Tx tx, GrowingTiles tiles, LedgerFindings findings)
    {
        var wanted = tiles.Counts().ToDictionary(c => (long)c.Level, c => c.Count);
        foreach (var (level, count, last) in await tx.All(TileSql.Counts))
            if (wanted.GetValueOrDefault(level) is var due && (count != due || last != due - 1))
                findings.Add($"level {level} of the tree has {count} tiles up to {last} where the entries give {due}: entries were removed");
    }

    async Task CheckNewest(Tx tx, long size, int kept, LedgerFindings findings)
    {
        var newest = await tx.First(LedgerSql.NewestHead);
        if ((newest?.Size ?? 0) < size)
            findings.Add($"{size - (newest?.Size ?? 0)} numbered entries stand under no signed head: entries were added, or the newest head was removed");
        // Another server may have signed the first head a moment ago; then it is kept here in the next one.
        var fresh = store.Dialect.Engine is Engine.Postgres && newest is not null && time.GetUtcNow().ToUnixTimeMilliseconds() - newest.AtMs < FollowMs;
        if (kept == 0 && size > 0 && !fresh)
            findings.Add("the checkpoint folder is empty although the ledger is not");
    }
}
