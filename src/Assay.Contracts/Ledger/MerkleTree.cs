using System.Buffers;
using System.Numerics;
using System.Security.Cryptography;

namespace Assay.Contracts.Ledger;

/// <summary>The Merkle tree of RFC 6962 §2.1: hashes, roots and both proofs, as pure functions.</summary>
public static class MerkleTree
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashBytes = 32;

    /// <summary>The root of the empty tree: SHA-256 of nothing.</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <summary>The hash of a leaf: SHA-256(0x00 ‖ entry).</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> entry)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(entry.Length + 1);
        bytes[0] = 0;
        entry.CopyTo(bytes.AsSpan(1));
        var hash = SHA256.HashData(bytes.AsSpan(0, entry.Length + 1));
        ArrayPool<byte>.Shared.Return(bytes);
        return hash;
    }

    /// <summary>The hash of an inner node: SHA-256(0x01 ‖ left ‖ right).</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> bytes = stackalloc byte[65];
        bytes[0] = 1;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[33..]);
        return SHA256.HashData(bytes);
    }

    /// <summary>The root over leaf hashes; <paramref name="leaf"/> gives the hash of the i-th.</summary>
    public static byte[] Root(long from, long to, Func<int, long, byte[]?> node, Func<long, byte[]> leaf)
    {
        if (to <= from)
            return EmptyRoot;
        if (to - from == 1)
            return leaf(from);
        var size = to - from;
        if (BitOperations.IsPow2(size) && from % size == 0 && node(BitOperations.Log2((ulong)size), from / size) is { } known)
            return known;
        var split = SplitOf(size);
        return Node(Root(from, from + split, node, leaf), Root(from + split, to, node, leaf));
    }

    /// <summary>The root over a number of neighbouring subtrees of one height (a power of two of them), each hash 32 bytes.</summary>
    public static byte[] Root(ReadOnlySpan<byte> hashes)
    {
        if (hashes.Length == HashBytes)
            return hashes.ToArray();
        var middle = hashes.Length / 2;
        return Node(Root(hashes[..middle]), Root(hashes[middle..]));
    }

    /// <summary>The audit path for leaf <paramref name="index"/> in the tree of <paramref name="size"/> leaves (RFC 6962 §2.1.1).</summary>
    public static List<byte[]> InclusionProof(long index, long size, Func<long, long, byte[]> rootOf)
    {
        List<byte[]> path = [];
        Walk(0, size);
        return path;

        void Walk(long from, long to)
        {
            if (to - from == 1)
                return;
            var middle = from + SplitOf(to - from);
            if (index < middle)
            {
                Walk(from, middle);
                path.Add(rootOf(middle, to));
            }
            else
            {
                Walk(middle, to);
                path.Add(rootOf(from, middle));
            }
        }
    }

    /// <summary>The proof that the tree of <paramref name="old"/> leaves is a prefix of that of <paramref name="size"/> (RFC 6962 §2.1.2).</summary>
    public static List<byte[]> ConsistencyProof(long old, long size, Func<long, long, byte[]> rootOf)
    {
        List<byte[]> path = [];
        if (old > 0 && old < size)
            Walk(old, 0, size, true);
        return path;

        void Walk(long m, long from, long to, bool whole)
        {
            var n = to - from;
            if (m == n)
            {
                if (!whole)
                    path.Add(rootOf(from, to));
                return;
            }
            var k = SplitOf(n);
            if (m <= k)
            {
                Walk(m, from, from + k, whole);
                path.Add(rootOf(from + k, to));
            }
            else
            {
                Walk(m - k, from + k, to, false);
                path.Add(rootOf(from, from + k));
            }
        }
    }

    /// <summary>Recomputes the root from a leaf hash and its audit path (RFC 9162 §2.1.3.2); null when the path does not fit.</summary>
    public static byte[]? RootFromInclusion(byte[] leafHash, long index, long size, IReadOnlyList<byte[]> path)
    {
        if (index < 0 || index >= size)
            return null;
        var (fn, sn, hash) = (index, size - 1, leafHash);
        foreach (var p in path)
        {
            if (sn == 0)
                return null;
            if ((fn & 1) == 1 || fn == sn)
            {
                hash = Node(p, hash);
                while ((fn & 1) == 0 && fn != 0)
                    (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
                hash = Node(hash, p);
            (fn, sn) = (fn >> 1, sn >> 1);
        }
        return sn == 0 ? hash : null;
    }

    /// <summary>Does the proof show that <paramref name="oldRoot"/> is a prefix of <paramref name="newRoot"/> (RFC 9162 §2.1.4.2)?</summary>
    public static bool IsConsistent(long old, byte[] oldRoot, long size, byte[] newRoot, IReadOnlyList<byte[]> proof)
    {
        if (old < 0 || old > size)
            return false;
        if (old == size)
            return proof.Count == 0 && oldRoot.AsSpan().SequenceEqual(newRoot);
        if (old == 0)
            return proof.Count == 0;
        List<byte[]> path = BitOperations.IsPow2(old) ? [oldRoot, .. proof] : [.. proof];
        if (path.Count == 0)
            return false;
        var (fn, sn) = (old - 1, size - 1);
        while ((fn & 1) == 1)
            (fn, sn) = (fn >> 1, sn >> 1);
        var (fr, sr) = (path[0], path[0]);
        foreach (var c in path.Skip(1))
        {
            if (sn == 0)
                return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                (fr, sr) = (Node(c, fr), Node(c, sr));
                while ((fn & 1) == 0 && fn != 0)
                    (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
                sr = Node(sr, c);
            (fn, sn) = (fn >> 1, sn >> 1);
        }
        return sn == 0 && fr.AsSpan().SequenceEqual(oldRoot) && sr.AsSpan().SequenceEqual(newRoot);
    }

    /// <summary>The largest power of two below <paramref name="size"/>.</summary>
    static long SplitOf(long size) => 1L << BitOperations.Log2((ulong)(size - 1));
}
