using System.Buffers;
using System.Buffers.Binary;

namespace Assay.Contracts.Ledger;

/// <summary>Entries one behind the other, each behind its length in two bytes, big-endian (c2sp.org/tlog-tiles).</summary>
public static class EntryBundle
{
    /// <summary>The largest entry that fits, in bytes.</summary>
    public const int MostEntryBytes = ushort.MaxValue;

    /// <summary>Adds an entry. Throws where it does not fit: entries are kept smaller when they are written.</summary>
    public static void Write(IBufferWriter<byte> to, ReadOnlySpan<byte> entry)
    {
        if (entry.Length > MostEntryBytes)
            throw new ArgumentException($"An entry of {entry.Length} bytes does not fit into a bundle.", nameof(entry));
        BinaryPrimitives.WriteUInt16BigEndian(to.GetSpan(2), (ushort)entry.Length);
        to.Advance(2);
        to.Write(entry);
    }

    /// <summary>The entries of a bundle; null when it is cut short.</summary>
    public static List<byte[]>? Read(ReadOnlySpan<byte> bundle)
    {
        List<byte[]> entries = [];
        while (bundle.Length > 0)
        {
            if (bundle.Length < 2 || bundle.Length - 2 < BinaryPrimitives.ReadUInt16BigEndian(bundle))
                return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle);
            entries.Add(bundle.Slice(2, length).ToArray());
            bundle = bundle[(2 + length)..];
        }
        return entries;
    }
}
