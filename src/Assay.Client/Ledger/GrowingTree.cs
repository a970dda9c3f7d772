using Assay.Contracts.Ledger;

namespace Assay.Client.Ledger;

/// <summary>The root of a Merkle tree (RFC 6962) that grows leaf by leaf, holding one hash per level and no entry.</summary>
sealed class GrowingTree
{
    readonly List<(int Height, byte[] Hash)> whole = [];
    long? keepAt;

    /// <summary>How many leaves.</summary>
    public long Size { get; private set; }

    /// <summary>The root as it was at the size asked for with <see cref="KeepAt"/>; null when the tree never had that size.</summary>
    public byte[]? Kept { get; private set; }

    /// <summary>Asks to keep the root at a size.</summary>
    public void KeepAt(long? size)
    {
        keepAt = size;
        Keep();
    }

    /// <summary>Adds a leaf hash.</summary>
    public void Add(byte[] leaf)
    {
        var (height, hash) = (0, leaf);
        while (whole.Count > 0 && whole[^1].Height == height)
        {
            hash = MerkleTree.Node(whole[^1].Hash, hash);
            whole.RemoveAt(whole.Count - 1);
            height++;
        }
        whole.Add((height, hash));
        Size++;
        Keep();
    }

    /// <summary>The root now.</summary>
    public byte[] Root()
    {
        if (whole.Count == 0)
            return MerkleTree.EmptyRoot;
        var root = whole[^1].Hash;
        for (var i = whole.Count - 2; i >= 0; i--)
            root = MerkleTree.Node(whole[i].Hash, root);
        return root;
    }

    void Keep()
    {
        if (Size == keepAt)
            Kept = Root();
    }
}
