namespace Assay.Evaluation.Models;

/// <summary>Reads protobuf's wire format from a seekable stream, field by field, skipping what is not asked for: weights are never read into memory.</summary>
internal sealed class ProtobufReader(Stream stream, long end)
{
    const int LongestText = 1 << 20;

    /// <summary>The field that was just read.</summary>
    public int Field { get; private set; }

    /// <summary>Its bytes begin here and are this many, when the field has a length.</summary>
    public long Length { get; private set; }

    /// <summary>Its value, when the field is a number.</summary>
    public long Number { get; private set; }

    /// <summary>Does the field have a length (text, bytes, a message, packed numbers)?</summary>
    public bool HasLength { get; private set; }

    long next = stream.Position;

    /// <summary>Goes to the next field; false at the end. Throws <see cref="FormatException"/> when the bytes are no protobuf.</summary>
    public bool Read()
    {
        stream.Position = next;
        if (next >= end)
            return false;
        var tag = Varint();
        (Field, HasLength) = ((int)(tag >> 3), (tag & 7) == 2);
        switch (tag & 7)
        {
            case 0: Number = Varint(); break;
            case 1: stream.Position += 8; break;
            case 2: Length = Varint(); break;
            case 5: stream.Position += 4; break;
            default: throw new FormatException($"wire type {tag & 7} at byte {next}");
        }
        next = stream.Position + (HasLength ? Length : 0);
        if (Field == 0 || Length < 0 || next > end)
            throw new FormatException($"field {Field} at byte {stream.Position} reaches beyond the end");
        return true;
    }

    /// <summary>A reader of the message that the field holds.</summary>
    public ProtobufReader Message() => new(stream, next);

    /// <summary>The text that the field holds.</summary>
    public string Text()
    {
        if (Length > LongestText)
            throw new FormatException($"a name of {Length} bytes");
        var bytes = new byte[Length];
        stream.ReadExactly(bytes);
        return System.Text.Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The numbers that the field holds, packed or single.</summary>
    public IEnumerable<long> Numbers()
    {
        if (!HasLength)
        {
            yield return Number;
            yield break;
        }
        while (stream.Position < next)
            yield return Varint();
    }

    long Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = stream.ReadByte();
            if (b < 0 || stream.Position > end)
                throw new FormatException("the file ends inside a number");
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return (long)value;
        }
        throw new FormatException("a number of more than ten bytes");
    }
}
