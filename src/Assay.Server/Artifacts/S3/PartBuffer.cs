using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;

namespace Assay.Server.Artifacts.S3;

/// <summary>The bytes of one part, in a rented array that grows up to the size of a part. To be disposed once they are sent.</summary>
sealed class PartBuffer(int atFirst) : IDisposable
{
    byte[] bytes = ArrayPool<byte>.Shared.Rent(atFirst);
    int count;

    public ArraySegment<byte> Bytes => new(bytes, 0, count);

    /// <summary>Takes from the body until the part is full (false) or the body has ended (true).</summary>
    public async Task<bool> Fill(PipeReader body, int most, IncrementalHash hash, CancellationToken ct)
    {
        while (true)
        {
            var read = await body.ReadAsync(ct);
            var taken = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, most - count));
            Grow(Math.Min(most, count + (int)taken.Length));
            foreach (var piece in taken)
            {
                piece.Span.CopyTo(bytes.AsSpan(count));
                hash.AppendData(piece.Span);
                count += piece.Length;
            }
            body.AdvanceTo(taken.End, read.Buffer.Length > taken.Length ? taken.End : read.Buffer.End);
            if (read.IsCompleted && taken.Length == read.Buffer.Length)
                return true;
            if (count == most)
                return false;
        }
    }

    void Grow(int needed)
    {
        if (needed <= bytes.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * bytes.Length));
        bytes.AsSpan(0, count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(bytes);
}
