using System.Numerics;
using Assay.Contracts.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Ledger;

/// <summary>Roots of subtrees out of stored tiles, each tile read once.</summary>
sealed class TileNodes(Tx tx)
{
    readonly Dictionary<(int Level, long Index), byte[]> read = [];

    /// <summary>The root over the leaves from (inclusive) to (exclusive), where RFC 6962 splits so.</summary>
    public async Task<byte[]> Root(long from, long to)
    {
        if (to == from)
            return MerkleTree.EmptyRoot;
        List<byte[]> parts = [];
        for (var at = from; at < to;)
        {
            var height = BitOperations.Log2((ulong)(to - at));
            if (at != 0)
                height = Math.Min(height, BitOperations.TrailingZeroCount(at));
            parts.Add(await Node(height, at >> height));
            at += 1L << height;
        }
        var root = parts[^1];
        for (var i = parts.Count - 2; i >= 0; i--)
            root = MerkleTree.Node(parts[i], root);
        return root;
    }

    /// <summary>The hashes of a tile as far as it has come; null when there is none.</summary>
    public static Task<byte[]?> Stored(Tx tx, int level, long index) => tx.First(TileSql.One, ("level", (long)level), ("position", index));

    async Task<byte[]> Node(int height, long position)
    {
        var (level, low) = (height / 8, height % 8);
        var first = position << low;
        var (index, offset) = (first / Tile.Full, (int)(first % Tile.Full));
        if (!read.TryGetValue((level, index), out var hashes))
            read[(level, index)] = hashes = await Stored(tx, level, index) ?? [];
        return hashes.Length >= (offset + (1 << low)) * MerkleTree.HashBytes
            ? MerkleTree.Root(hashes.AsSpan(offset * MerkleTree.HashBytes, MerkleTree.HashBytes << low))
            : throw new InvalidOperationException($"the ledger misses tile {level}/{index}, or a part of it");
    }
}
