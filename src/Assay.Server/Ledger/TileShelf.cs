using System.Buffers;
using Assay.Contracts;
using Assay.Contracts.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Ledger;

/// <summary>Hands out tiles and bundles of entries as static files have them (c2sp.org/tlog-tiles).</summary>
public sealed class TileShelf(Store store, LedgerReader ledger)
{
    /// <summary>
    /// The bytes of a tile that stands under the newest head: of hashes, or of entries. Whoever may read the one may not read the other, so the
    /// path alone does not choose.
    /// </summary>
    public async Task<Result<byte[]>> Read(string path, bool entries, CancellationToken ct)
    {
        if (Tile.Parse(path) is not { } tile || tile.Level is null != entries)
            return LedgerRefusals.NoTilePath(path);
        var size = (await ledger.Head(ct))?.Size ?? 0;
        if (Tile.WidthAt(tile.Level ?? 0, tile.Index, size) < tile.Width)
            return LedgerRefusals.NoTile(tile, size);
        return tile.Level is { } level ? await Hashes(tile, level, size, ct) : await Entries(tile, size, ct);
    }

    async Task<Result<byte[]>> Hashes(Tile tile, int level, long size, CancellationToken ct)
    {
        var hashes = await store.Read(tx => TileNodes.Stored(tx, level, tile.Index), ct);
        var bytes = tile.Width * MerkleTree.HashBytes;
        return hashes is null || hashes.Length < bytes ? LedgerRefusals.NoTile(tile, size) : hashes[..bytes];
    }

    async Task<Result<byte[]>> Entries(Tile tile, long size, CancellationToken ct)
    {
        var from = tile.Index * Tile.Full;
        var bodies = await store.All(TileSql.Bodies, ct, ("from", from), ("to", from + tile.Width));
        if (bodies.Count < tile.Width)
            return LedgerRefusals.NoTile(tile, size);
        if (bodies.FindIndex(b => b.Length > EntryBundle.MostEntryBytes) is >= 0 and var large)
            return LedgerRefusals.TooLargeForBundle(from + large, bodies[large].Length);
        var bundle = new ArrayBufferWriter<byte>();
        foreach (var body in bodies)
            EntryBundle.Write(bundle, body);
        return bundle.WrittenSpan.ToArray();
    }
}
