using System.Buffers.Binary;

namespace Assay.Evaluation.Data.Rows;

/// <summary>One row's hash as four words, so that it is compared as its bytes are.</summary>
public readonly record struct RowHash(ulong First, ulong Second, ulong Third, ulong Fourth) : IComparable<RowHash>
{
    /// <summary>Takes 32 bytes.</summary>
    public static RowHash Of(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]));

    /// <summary>Writes 32 bytes.</summary>
    public void Write(Span<byte> into)
    {
        BinaryPrimitives.WriteUInt64BigEndian(into, First);
        BinaryPrimitives.WriteUInt64BigEndian(into[8..], Second);
        BinaryPrimitives.WriteUInt64BigEndian(into[16..], Third);
        BinaryPrimitives.WriteUInt64BigEndian(into[24..], Fourth);
    }

    /// <inheritdoc/>
    public int CompareTo(RowHash other) =>
        First != other.First ? First.CompareTo(other.First) : Second != other.Second ? Second.CompareTo(other.Second)
        : Third != other.Third ? Third.CompareTo(other.Third) : Fourth.CompareTo(other.Fourth);

    public static bool operator <(RowHash left, RowHash right) => left.CompareTo(right) < 0;
    public static bool operator >(RowHash left, RowHash right) => left.CompareTo(right) > 0;
    public static bool operator <=(RowHash left, RowHash right) => left.CompareTo(right) <= 0;
    public static bool operator >=(RowHash left, RowHash right) => left.CompareTo(right) >= 0;
}
