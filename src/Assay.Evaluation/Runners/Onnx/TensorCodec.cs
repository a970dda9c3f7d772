using System.Runtime.InteropServices;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners.Onnx;

/// <summary>Tensors as bytes between the two processes. What a worker sends is not trusted: each count is checked against the bytes that are there.</summary>
internal static class TensorCodec
{
    const int MostTensors = 10_000;
    const int MostDimensions = 16;

    public static byte[] Encode(IReadOnlyList<Tensor> tensors)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(tensors.Count);
        foreach (var tensor in tensors)
        {
            writer.Write(tensor.Name);
            writer.Write((byte)tensor.Kind);
            writer.Write(tensor.Shape.Length);
            foreach (var dimension in tensor.Shape)
                writer.Write(dimension);
            WriteTexts(writer, tensor.Classes);
            if (tensor.Data is string[] texts)
                foreach (var text in texts)
                    writer.Write(text);
            else
                writer.Write(Bytes(tensor.Data));
        }
        return bytes.ToArray();
    }

    /// <summary>Throws <see cref="InvalidDataException"/> when the bytes are no tensors.</summary>
    public static IReadOnlyList<Tensor> Decode(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes));
            var count = Within(reader.ReadInt32(), MostTensors);
            var tensors = new List<Tensor>(count);
            for (var i = 0; i < count; i++)
                tensors.Add(One(reader));
            return tensors;
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or OverflowException)
        {
            throw new InvalidDataException("the bytes are no tensors", e);
        }
    }

    static Tensor One(BinaryReader reader)
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
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        if ((long)length * Math.Max(1, kind.Size()) > left)
            throw new InvalidDataException($"a tensor of {length} elements in {left} bytes");
        var data = kind.Allocate(length);
        if (data is string[] texts)
            for (var i = 0; i < texts.Length; i++)
                texts[i] = reader.ReadString();
        else
            reader.BaseStream.ReadExactly(Bytes(data));
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

    static Span<byte> Bytes(Array data) =>
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(data), Buffer.ByteLength(data));
}
