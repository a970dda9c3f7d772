using System.Buffers;
using System.Security.Cryptography;
using Assay.Contracts;

namespace Assay.Server.Artifacts;

/// <summary>Copies a content to a client, reading and hashing the next block while the last one is sent.</summary>
static class ContentCopy
{
    const int Block = 256 << 10;

    /// <summary>
    /// Copies <paramref name="count"/> bytes. With a digest the last block is sent only if all bytes were those of the digest; false, and the
    /// last block kept back, if they were not or the source ended early.
    /// </summary>
    public static async Task<bool> Run(Stream from, Stream to, long count, Digest? digest, CancellationToken ct)
    {
        using var hash = digest is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (filling, sent) = (ArrayPool<byte>.Shared.Rent(Block), ArrayPool<byte>.Shared.Rent(Block));
        var sending = Task.CompletedTask;
        try
        {
            for (var left = count; left > 0;)
            {
                var wanted = (int)Math.Min(left, Block);
                var read = await from.ReadAtLeastAsync(filling.AsMemory(0, wanted), wanted, throwOnEndOfStream: false, ct);
                hash?.AppendData(filling, 0, read);
                left -= read;
                await sending;
                if (read < wanted || (left == 0 && hash is not null && Digest.FromHash(hash.GetHashAndReset()) != digest))
                    return false;
                sending = to.WriteAsync(filling.AsMemory(0, read), ct).AsTask();
                (filling, sent) = (sent, filling);
            }
            await sending;
            return true;
        }
        finally
        {
            // A buffer still being sent must not be given to somebody else.
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ArrayPool<byte>.Shared.Return(filling);
            ArrayPool<byte>.Shared.Return(sent);
        }
    }
}
