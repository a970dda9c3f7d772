namespace Assay.Contracts.Ledger;

/// <summary>A Merkle tree (RFC 6962) that grows leaf by leaf, holding one hash per level and no entry.</summary>
public sealed class GrowingTree
{
    readonly List<(int Height, byte[] Hash)> whole = [];

    /// <summary>How many leaves.</summary>
    public long Size { get; private set; }

    /// <summary>A tree that has leaves already: the roots of its whole subtrees, the largest (leftmost) first.</summary>
    public static GrowingTree Of(IEnumerable<(int Height, byte[] Hash)> subtrees)
    {
        var tree = new GrowingTree();
        foreach (var (height, hash) in subtrees)
        {
            if (tree.whole.Count > 0 && tree.whole[^1].Height <= height)
                throw new ArgumentException("The subtrees of a tree get smaller from left to right.", nameof(subtrees));
            tree.whole.Add((height, hash));
            tree.Size += 1L << height;
        }
        return tree;
    }

    /// <summary>A tree of that many leaves, from the roots of its whole subtrees alone; null when their number does not fit.</summary>
    public static GrowingTree? Of(long size, IReadOnlyList<byte[]> subtrees)
    {
        var heights = Enumerable.Range(0, 63).Reverse().Where(h => (size >> h & 1) == 1).ToList();
        return heights.Count == subtrees.Count ? Of(heights.Zip(subtrees)) : null;
    }

    /// <summary>Adds a leaf hash, and tells of every subtree that it makes whole: its height (0 is the leaf) and its hash, from below.</summary>
    public void Add(byte[] leaf, Action<int, byte[]>? made = null)
    {
        var (height, hash) = (0, leaf);
        made?.Invoke(height, hash);
        while (whole.Count > 0 && whole[^1].Height == height)
        {
            hash = MerkleTree.Node(whole[^1].Hash, hash);
            whole.RemoveAt(whole.Count - 1);
            height++;
            made?.Invoke(height, hash);
        }
        whole.Add((height, hash));
        Size++;
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
}
