using System.Buffers.Binary;

namespace Assay.Evaluation.Runners.Onnx;

/// <summary>What a frame between the two processes carries.</summary>
internal enum FrameKind : byte
{
    /// <summary>To the worker: load this model under these limits (JSON).</summary>
    Open = 1,
    /// <summary>From the worker: the model's face (JSON).</summary>
    Opened = 2,
    /// <summary>To the worker: run on these tensors.</summary>
    Score = 3,
    /// <summary>From the worker: its answers as tensors.</summary>
    Scored = 4,
    /// <summary>From the worker: why not (JSON).</summary>
    Refused = 5,
}

/// <summary>The pipe between parent and worker: a length of eight bytes, one byte of kind, the body.</summary>
internal static class Frames
{
    /// <summary>The bytes before each body.</summary>
    public const int Head = 9;

    public static void WriteHead(Span<byte> into, FrameKind kind, long length)
    {
        BinaryPrimitives.WriteInt64LittleEndian(into, length);
        into[8] = (byte)kind;
    }

    public static async Task Write(Stream to, FrameKind kind, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var head = new byte[Head];
        WriteHead(head, kind, body.Length);
        await to.WriteAsync(head, ct);
        await to.WriteAsync(body, ct);
        await to.FlushAsync(ct);
    }

    /// <summary>The next frame's kind and length; null at the end of the stream. Throws <see cref="InvalidDataException"/> on a length beyond <paramref name="longest"/>.</summary>
    public static async Task<(FrameKind Kind, long Length)?> ReadHead(Stream from, long longest, CancellationToken ct)
    {
        var head = new byte[Head];
        if (await from.ReadAtLeastAsync(head, Head, throwOnEndOfStream: false, ct) < Head)
            return null;
        var length = BinaryPrimitives.ReadInt64LittleEndian(head);
        return length >= 0 && length <= longest ? ((FrameKind)head[8], length) : throw new InvalidDataException($"a frame of {length} bytes, at most {longest} are taken");
    }

    /// <summary>A body that is not tensors. Throws <see cref="EndOfStreamException"/> when it ends too soon.</summary>
    public static async Task<byte[]> ReadBody(Stream from, long length, CancellationToken ct)
    {
        var body = new byte[length];
        await from.ReadExactlyAsync(body, ct);
        return body;
    }
}
