using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Assay.Evaluation.Data.Rows;

/// <summary>
/// The SHA-256 of each row in its canonical form (evaluation.md §5.1), the same whatever the format of the file. Column by column: <c>00</c> for no
/// value; <c>01</c> and the binary64 big-endian (−0 as 0) for a number or boolean; <c>02</c>, the length as 8 bytes big-endian and the UTF-8 in NFC for
/// text. NaN and empty text are no values, for CSV cannot tell them apart. Not for two threads at once.
/// </summary>
public sealed class RowHasher(IReadOnlyList<RowColumn> columns)
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashBytes = Sha256Lanes.HashBytes;

    const byte Nothing = 0, Number = 1, Text = 2;
    const int NumberBytes = 9, TextHead = 9;
    readonly Sha256Lanes lanes = new();
    readonly IReadOnlyList<RowColumn> columns = columns;

    /// <summary>The columns in the order in which they are hashed.</summary>
    public IReadOnlyList<RowColumn> Columns => columns;

    /// <summary>The hashes of a batch's rows, one after the other; throws <see cref="DataException"/> when a text stands where a number belongs.</summary>
    public byte[] Hash(DataBatch batch)
    {
        var hashes = new byte[batch.Rows * HashBytes];
        Hash(batch, hashes);
        return hashes;
    }

    /// <summary>The same into the caller's own room: 32 bytes for each row.</summary>
    public void Hash(DataBatch batch, Span<byte> into)
    {
        var values = new Values[columns.Count];
        for (var c = 0; c < values.Length; c++)
            values[c] = Of(batch[columns[c].Name], columns[c].Number, batch.FirstRow);
        for (var first = 0; first < batch.Rows; first += Sha256Lanes.Count)
        {
            var some = Math.Min(Sha256Lanes.Count, batch.Rows - first);
            for (var lane = 0; lane < some; lane++)
                Write(values, first + lane, lane);
            lanes.Hash(some, into[(first * HashBytes)..]);
        }
    }

    void Write(Values[] values, int row, int lane)
    {
        var buffer = lanes.Reserve(lane, values.Length * NumberBytes);
        var at = 0;
        foreach (var (numbers, texts) in values)
            if (numbers is not null)
                at = Put(buffer, at, numbers[row]);
            else if (texts![row] is not { Length: > 0 } text)
                buffer[at++] = Nothing;
            else
            {
                // Each of the columns that follow fits in nine bytes, unless it is a text: then it makes its own room.
                var normal = Nfc.Of(text);
                buffer = lanes.Reserve(lane, checked(at + TextHead + Encoding.UTF8.GetMaxByteCount(normal.Length) + (values.Length * NumberBytes)));
                var length = Encoding.UTF8.GetBytes(normal, buffer.AsSpan(at + TextHead));
                buffer[at] = Text;
                BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(at + 1), length);
                at += TextHead + length;
            }
        lanes.Ends(lane, at);
    }

    static int Put(byte[] buffer, int at, double number)
    {
        if (double.IsNaN(number))
        {
            buffer[at] = Nothing;
            return at + 1;
        }
        buffer[at] = Number;
        // Adding zero makes −0 the plain one and leaves every other number alone.
        BinaryPrimitives.WriteDoubleBigEndian(buffer.AsSpan(at + 1), number + 0.0);
        return at + NumberBytes;
    }

    static Values Of(DataVector vector, bool number, long firstRow)
    {
        if (number)
            return new(vector.Numbers ?? DataNumbers.OfWritten(vector, firstRow), null);
        return new(null, vector.Texts ?? [.. vector.Numbers!.Select(value => Written(value, vector.Kind))]);
    }

    /// <summary>A number of a typed file where the signature wants text.</summary>
    static string? Written(double value, DataKind kind) => double.IsNaN(value) ? null
        : kind == DataKind.Truth ? (value == 1 ? "true" : "false") : value.ToString("R", CultureInfo.InvariantCulture);

    readonly record struct Values(double[]? Numbers, string?[]? Texts);
}
