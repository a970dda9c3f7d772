using Assay.Contracts.Ledger;

namespace Assay.Server.Ledger;

/// <summary>The right edge of the tree: grows leaf by leaf, and hands over the tiles that became full and those that still grow. Pure.</summary>
sealed class GrowingTiles
{
    const int HashBytes = MerkleTree.HashBytes, Depth = 8;

    readonly List<Edge> edges = [];
    readonly List<StoredTile> full = [];
    GrowingTree tree = new();

    /// <summary>How many leaves.</summary>
    public long Size => tree.Size;

    /// <summary>The root now.</summary>
    public byte[] Root() => tree.Root();

    /// <summary>
    /// Goes on from a tree of that size. <paramref name="edge"/> gives the last tile of a level, which must have at least so many hashes.
    /// </summary>
    public static async Task<GrowingTiles> Of(long size, Func<int, long, Task<byte[]>> edge)
    {
        var tiles = new GrowingTiles();
        List<(int Height, byte[] Hash)> whole = [];
        for (var level = 0; size >> (Depth * level) > 0; level++)
        {
            var hashes = size >> (Depth * level);
            var (index, width) = (hashes / Tile.Full, (int)(hashes % Tile.Full));
            var last = tiles.EdgeAt(level);
            last.Index = index;
            last.Count = width;
            if (width > 0)
                (await edge(level, index)).AsSpan(0, width * HashBytes).CopyTo(last.Hashes);
            whole.InsertRange(0, Subtrees(level, last.Hashes, width));
        }
        tiles.tree = GrowingTree.Of(whole);
        return tiles;
    }

    /// <summary>Adds a leaf hash.</summary>
    public void Add(byte[] leaf) => tree.Add(leaf, (height, hash) =>
    {
        if (height % Depth != 0)
            return;
        var edge = EdgeAt(height / Depth);
        hash.CopyTo(edge.Hashes.AsSpan(edge.Count * HashBytes));
        edge.Changed = true;
        if (++edge.Count == Tile.Full)
        {
            full.Add(new(height / Depth, edge.Index, edge.Hashes));
            (edge.Hashes, edge.Count, edge.Changed) = (new byte[Tile.Full * HashBytes], 0, false);
            edge.Index++;
        }
    });

    /// <summary>The tiles that became full since this was asked last.</summary>
    public List<StoredTile> TakeFull()
    {
        List<StoredTile> taken = [.. full];
        full.Clear();
        return taken;
    }

    /// <summary>The tiles that still grow; only those that grew since this was asked last, if wanted.</summary>
    public List<StoredTile> Partial(bool onlyChanged)
    {
        List<StoredTile> partial = [];
        for (var level = 0; level < edges.Count; level++)
        {
            var edge = edges[level];
            if (edge.Count > 0 && (edge.Changed || !onlyChanged))
                partial.Add(new(level, edge.Index, edge.Hashes[..(edge.Count * HashBytes)]));
            edge.Changed = false;
        }
        return partial;
    }

    /// <summary>How many tiles each level has.</summary>
    public IEnumerable<(int Level, long Count)> Counts() => edges.Select((edge, level) => (level, edge.Index + (edge.Count > 0 ? 1 : 0)));

    /// <summary>The whole subtrees that a partial tile stands for, the largest first.</summary>
    static IEnumerable<(int Height, byte[] Hash)> Subtrees(int level, byte[] hashes, int width)
    {
        var at = 0;
        for (var bit = Depth - 1; bit >= 0; bit--)
            if ((width >> bit & 1) == 1)
            {
                yield return ((Depth * level) + bit, MerkleTree.Root(hashes.AsSpan(at * HashBytes, HashBytes << bit)));
                at += 1 << bit;
            }
    }

    Edge EdgeAt(int level)
    {
        while (edges.Count <= level)
            edges.Add(new());
        return edges[level];
    }

    sealed class Edge
    {
        public byte[] Hashes = new byte[Tile.Full * HashBytes];
        public int Count;
        public long Index;
        public bool Changed;
    }
}
