using Assay.Contracts;
using Assay.Contracts.Ledger;

namespace Assay.Evaluation.Data.Rows;

/// <summary>
/// The Merkle tree of RFC 6962 over hashes of rows: a leaf is SHA-256(00 ‖ hash), a node SHA-256(01 ‖ left ‖ right). Leaves are taken 4096 at a time,
/// which are a whole subtree each, so that eight are hashed at once and nothing but the subtrees' roots is kept.
/// </summary>
internal sealed class RowTree
{
    const int Leaves = 4096, HashBytes = RowHasher.HashBytes, LeafBytes = 1 + HashBytes, NodeBytes = 1 + (2 * HashBytes);
    readonly Sha256Lanes lanes = new();
    readonly GrowingTree above = new();
    readonly byte[] level = new byte[Leaves * HashBytes];
    int held;

    /// <summary>Adds the next leaf.</summary>
    public void Add(RowHash hash)
    {
        hash.Write(level.AsSpan(held * HashBytes));
        if (++held == Leaves)
            Fold();
    }

    /// <summary>The root of all leaves. Nothing may be added afterwards.</summary>
    public Digest Root()
    {
        if (held > 0)
            Fold();
        return Digest.FromHash(above.Root());
    }

    void Fold()
    {
        Each(held, LeafBytes, (0, HashBytes));
        for (; held > 1; held = (held + 1) / 2)
        {
            var odd = held % 2 == 1;
            Each(held / 2, NodeBytes, (1, 2 * HashBytes));
            // A node without a neighbour goes up as it is.
            if (odd)
                level.AsSpan((held - 1) * HashBytes, HashBytes).CopyTo(level.AsSpan(held / 2 * HashBytes));
        }
        above.Add(level[..HashBytes]);
        held = 0;
    }

    /// <summary>Hashes so many pieces of the level, each behind its prefix, into its beginning: what is written was read before.</summary>
    void Each(int count, int length, (byte Prefix, int Bytes) piece)
    {
        for (var first = 0; first < count; first += Sha256Lanes.Count)
        {
            var some = Math.Min(Sha256Lanes.Count, count - first);
            for (var lane = 0; lane < some; lane++)
            {
                var message = lanes.Message(lane, length);
                message[0] = piece.Prefix;
                level.AsSpan((first + lane) * piece.Bytes, piece.Bytes).CopyTo(message[1..]);
            }
            lanes.Hash(some, level.AsSpan(first * HashBytes));
        }
    }
}
