using System.Buffers.Binary;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners.Onnx;

/// <summary>
/// Tensors between the two processes: a head that describes them all (texts lie in it), then the numbers of each as they lie in memory.
/// What a worker sends is not trusted: each count is checked against the bytes that are there.
/// </summary>
internal static class TensorCodec
{
    const int MostTensors = 10_000;
    const int MostDimensions = 16;

    /// <summary>Writes one frame.</summary>
    public static async Task Send(Stream to, FrameKind kind, IReadOnlyList<Tensor> tensors, CancellationToken ct)
    {
        var head = Describe(tensors);
        Frames.WriteHead(head, kind, head.Length - Frames.Head + tensors.Sum(Bytes));
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(Frames.Head), head.Length - Frames.Head - sizeof(int));
        await to.WriteAsync(head, ct);
        foreach (var tensor in tensors)
            if (Bytes(tensor) is > 0 and var length)
                await to.WriteAsync(new ArrayBytes(Plain(tensor.Data), checked((int)length)).Memory, ct);
        await to.FlushAsync(ct);
    }

    /// <summary>
    /// Reads the body of a frame. Throws <see cref="InvalidDataException"/> when the bytes are no tensors, <see cref="EndOfStreamException"/> when they end too soon.
    /// </summary>
    public static async Task<IReadOnlyList<Tensor>> Receive(Stream from, long length, CancellationToken ct)
    {
        var size = new byte[sizeof(int)];
        if (length < size.Length)
            throw new InvalidDataException($"a frame of {length} bytes");
        await from.ReadExactlyAsync(size, ct);
        var left = length - size.Length;
        var head = await Frames.ReadBody(from, Within(BinaryPrimitives.ReadInt32LittleEndian(size), (int)Math.Min(left, int.MaxValue)), ct);
        left -= head.Length;
        var tensors = Read(head, left);
        for (var i = 0; i < tensors.Count; i++)
        {
            if (Bytes(tensors[i]) is not (> 0 and var bytes))
                continue;
            var data = Plain(tensors[i].Data);
            await from.ReadExactlyAsync(new ArrayBytes(data, (int)bytes).Memory, ct);
            if (tensors[i].Data is bool[])
                tensors[i] = tensors[i] with { Data = Array.ConvertAll((byte[])data, b => b != 0) };
        }
        return tensors;
    }

    /// <summary>Room for the frame's head and the description's length, then the description.</summary>
    static byte[] Describe(IReadOnlyList<Tensor> tensors)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(new byte[Frames.Head + sizeof(int)]);
        writer.Write(tensors.Count);
        foreach (var tensor in tensors)
        {
            writer.Write(tensor.Name);
            writer.Write((byte)tensor.Kind);
            writer.Write(tensor.Shape.Length);
            foreach (var dimension in tensor.Shape)
                writer.Write(dimension);
            WriteTexts(writer, tensor.Classes);
            foreach (var text in tensor.Data as string[] ?? [])
                writer.Write(text);
        }
        return bytes.ToArray();
    }

    static List<Tensor> Read(byte[] head, long numbers)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(head));
            var count = Within(reader.ReadInt32(), MostTensors);
            var tensors = new List<Tensor>(count);
            for (var i = 0; i < count; i++)
            {
                tensors.Add(One(reader, numbers));
                numbers -= Bytes(tensors[^1]);
            }
            return numbers == 0 && reader.BaseStream.Position == head.Length ? tensors : throw new InvalidDataException("more bytes than tensors");
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or OverflowException)
        {
            throw new InvalidDataException("the bytes are no tensors", e);
        }
    }

    static Tensor One(BinaryReader reader, long numbers)
    {
        var name = reader.ReadString();
        var kind = (TensorKind)reader.ReadByte();
        if (!TensorKinds.Known(kind))
            throw new InvalidDataException($"a tensor of kind {(int)kind}");
        var shape = new int[Within(reader.ReadInt32(), MostDimensions)];
        var length = 1;
        for (var d = 0; d < shape.Length; d++)
            length = checked(length * (shape[d] = Within(reader.ReadInt32(), int.MaxValue)));
        var classes = ReadTexts(reader);
        // A text is at least one byte of the head; numbers have their size.
        var left = kind == TensorKind.Text ? reader.BaseStream.Length - reader.BaseStream.Position : numbers;
        if ((long)length * Math.Max(1, kind.Size()) > left)
            throw new InvalidDataException($"a tensor of {length} elements in {left} bytes");
        var data = kind.Allocate(length);
        if (data is string[] texts)
            for (var i = 0; i < texts.Length; i++)
                texts[i] = reader.ReadString();
        return new(name, kind, shape, data, classes);
    }

    static void WriteTexts(BinaryWriter writer, IReadOnlyList<string>? texts)
    {
        writer.Write(texts?.Count ?? -1);
        foreach (var text in texts ?? [])
            writer.Write(text);
    }

    static List<string>? ReadTexts(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        if (count < 0)
            return null;
        var texts = new List<string>();
        for (var i = 0; i < Within(count, int.MaxValue); i++)
            texts.Add(reader.ReadString()); // ends by itself: there is no text without a byte
        return texts;
    }

    static int Within(int value, int most) => value >= 0 && value <= most ? value : throw new InvalidDataException($"a count of {value}");

    /// <summary>The bytes of a tensor's numbers; 0 for texts, which lie in the head.</summary>
    static long Bytes(Tensor tensor) => (long)tensor.Data.Length * tensor.Kind.Size();

    /// <summary>A boolean's byte may be anything but 0 and 1 on the other side, and cannot be pinned: it travels as a byte.</summary>
    static Array Plain(Array data) => data is bool[] truths ? Array.ConvertAll(truths, t => t ? (byte)1 : (byte)0) : data;
}
