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

/// <summary>The pipe between parent and worker: a length of four bytes, one byte of kind, the rest.</summary>
internal static class Frames
{
    public static async Task Write(Stream to, FrameKind kind, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var head = new byte[5];
        BinaryPrimitives.WriteInt32LittleEndian(head, body.Length + 1);
        head[4] = (byte)kind;
        await to.WriteAsync(head, ct);
        await to.WriteAsync(body, ct);
        await to.FlushAsync(ct);
    }

    /// <summary>The next frame; null at the end of the stream. Throws <see cref="InvalidDataException"/> on a length beyond <paramref name="longest"/>.</summary>
    public static async Task<(FrameKind Kind, byte[] Body)?> Read(Stream from, int longest, CancellationToken ct)
    {
        var head = new byte[5];
        if (await from.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct) < head.Length)
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(head) - 1;
        if (length < 0 || length > longest)
            throw new InvalidDataException($"a frame of {length} bytes, at most {longest} are taken");
        var body = new byte[length];
        if (await from.ReadAtLeastAsync(body, length, throwOnEndOfStream: false, ct) < length)
            return null;
        return ((FrameKind)head[4], body);
    }
}
