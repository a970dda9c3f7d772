using System.Security.Cryptography;
using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Artifacts;

/// <summary>Reading contents whole: what comes back is what went in, or an error that says which content is damaged.</summary>
public static class ContentReading
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Reads a small content whole (an MLmodel, a manifest); null when it is larger than the limit in bytes.
    /// Throws <see cref="StoreUnavailableException"/> when it is missing or damaged.
    /// </summary>
    public static async Task<byte[]?> Read(this IContentStore contents, Digest digest, int mostBytes, CancellationToken ct)
    {
        await using var open = await contents.Open(digest, null, ct) ?? throw Damaged(digest, "it is not there");
        return open.Size > mostBytes ? null : await Whole(open, digest, ct) ?? throw Damaged(digest, "its bytes are not those that were stored");
    }

    /// <summary>
    /// The same for those who can do without: null as well when the content is missing or damaged, or when its place does not answer within
    /// <see cref="Patience"/>.
    /// </summary>
    public static async Task<byte[]?> ReadIfAny(this IContentStore contents, Digest digest, int mostBytes, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            return await contents.Read(digest, mostBytes, patience.Token);
        }
        catch (Exception e) when (e is StoreUnavailableException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>All bytes; null when their digest is not the wanted one.</summary>
    internal static async Task<byte[]?> Whole(OpenContent open, Digest digest, CancellationToken ct)
    {
        var bytes = new byte[open.Size];
        try
        {
            var read = await open.Bytes.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
            return read == bytes.Length && Digest.FromHash(SHA256.HashData(bytes)) == digest ? bytes : null;
        }
        catch (IOException)
        {
            return null;   // a sector of the disk that cannot be read any more
        }
    }

    static StoreUnavailableException Damaged(Digest digest, string how)
    {
        var refusal = ArtifactRefusals.Damaged(digest, how);
        return new($"{refusal.Message} {refusal.Mend}", new InvalidDataException(how));
    }
}
