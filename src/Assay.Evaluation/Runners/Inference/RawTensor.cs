using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners.Inference;

/// <summary>The protocol's raw form of a tensor's elements: little-endian, row-major; a text is four bytes of length and its UTF-8.</summary>
public static class RawTensor
{
    /// <summary>The elements as bytes.</summary>
    public static byte[] Write(Tensor tensor)
    {
        if (tensor.Data is string[] texts)
        {
            using var bytes = new MemoryStream();
            Span<byte> size = stackalloc byte[sizeof(int)];
            foreach (var text in texts)
            {
                var utf8 = Encoding.UTF8.GetBytes(text);
                BinaryPrimitives.WriteInt32LittleEndian(size, utf8.Length);
                bytes.Write(size);
                bytes.Write(utf8);
            }
            return bytes.ToArray();
        }
        return Bytes(tensor.Data, tensor.Kind).ToArray();
    }

    /// <summary>The tensor that the bytes say; throws <see cref="FormatException"/> when they do not fit the shape.</summary>
    public static Tensor Read(string name, TensorKind kind, int[] shape, ReadOnlySpan<byte> bytes)
    {
        long length = 1;
        foreach (var d in shape)
            length = checked(length * d);
        // A text is at least its length; whoever claims more elements than there are bytes gets no memory for them.
        if (kind == TensorKind.Text ? length * sizeof(int) > bytes.Length : length * kind.Size() != bytes.Length)
            throw new FormatException($"{name} has {bytes.Length} bytes, which are not {length} elements of {kind.KServeName()}");
        var data = kind.Allocate((int)length);
        if (data is string[] texts)
            Texts(name, texts, bytes);
        else if (data is bool[] truths)
            for (var i = 0; i < truths.Length; i++)
                truths[i] = bytes[i] != 0;
        else
            bytes.CopyTo(Bytes(data, kind));
        return new(name, kind, shape, data);
    }

    static void Texts(string name, string[] into, ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < into.Length; i++)
        {
            var size = bytes.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(bytes);
            if (size < 0 || size > bytes.Length - sizeof(int))
                throw new FormatException($"{name} ends in the middle of text {i + 1}");
            into[i] = Encoding.UTF8.GetString(bytes.Slice(sizeof(int), size));
            bytes = bytes[(sizeof(int) + size)..];
        }
        if (bytes.Length > 0)
            throw new FormatException($"{name} has {bytes.Length} bytes more than its texts");
    }

    static Span<byte> Bytes(Array data, TensorKind kind) => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(data), data.Length * kind.Size());
}
