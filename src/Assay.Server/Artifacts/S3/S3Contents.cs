using System.IO.Pipelines;
using System.Security.Cryptography;
using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Artifacts.S3;

/// <summary>
/// Bytes by their SHA-256 in a bucket: <c>PREFIX/blobs/ab/abcd…</c>. What is larger than a part goes to <c>PREFIX/incoming/…</c> first, since its
/// name is known only at its end, and is then copied by the store itself (docs/decisions/0009).
/// </summary>
sealed class S3Contents(S3Bucket bucket) : IContentStore
{
    const int LeastPart = 8 << 20, MostPart = 64 << 20, MostParts = 9000, SpareParts = 8;

    // Parts on their way beyond the first of each upload: 64 MB for all, so that memory does not grow with the number of uploads times their speed.
    readonly SemaphoreSlim spare = new(SpareParts);

    public S3Contents(S3Address address, S3Settings? settings) : this(new S3Bucket(S3Client.Of(settings), address))
    {
    }

    public string Description => $"{bucket.Address} at {bucket.Endpoint}";

    public async Task Prepare(CancellationToken ct)
    {
        var probe = $"incoming/{Guid.NewGuid():N}";
        try
        {
            // Reading comes first: it tells whether bucket and keys are right, and a refused body would stay in the way of the next request.
            await using (await bucket.Open(probe, null, ct))
            {
            }
            await bucket.Put(probe, "assay"u8.ToArray(), ct);
            _ = await bucket.Unfinished("incoming/", DateTimeOffset.MinValue, ct);
            await bucket.Delete(probe, ct);
        }
        catch (StoreUnavailableException e)
        {
            throw S3Errors.Refused(e.InnerException!, bucket.Address, bucket.Endpoint);
        }
    }

    /// <summary>Reads what is not there: a plain question for it would not tell a lost bucket from a missing object.</summary>
    public async Task Probe(CancellationToken ct)
    {
        if (await bucket.Open("incoming/probe", new ByteRange(0, 1), ct) is { } there)
            await there.DisposeAsync();
    }

    public async Task<Content> Receive(PipeReader body, long? length, CancellationToken ct)
    {
        var key = $"incoming/{Guid.NewGuid():N}";
        var (content, incoming) = await new S3Upload(bucket, spare, key, PartSize(length)).Run(body, length, Blob, ct);
        if (incoming)
        {
            // An older object of the same content gives way, as in a folder: it may have been damaged since, and only reading it would tell.
            await S3Copying.Join(bucket, [(key, content.Size)], Blob(content.Digest), ct);
            await Discard(key);
        }
        return content;
    }

    public Task<long?> Size(Digest digest, CancellationToken ct) => bucket.Size(Blob(digest), ct);

    public Task<OpenContent?> Open(Digest digest, ByteRange? range, CancellationToken ct) => bucket.Open(Blob(digest), range, ct);

    public async Task<StoredPart> ReceivePart(string upload, PipeReader body, long? length, CancellationToken ct)
    {
        var name = Guid.NewGuid().ToString("N");
        var (content, _) = await new S3Upload(bucket, spare, Part(upload, name), PartSize(length)).Run(body, length, _ => Part(upload, name), ct);
        return new(name, content.Digest, content.Size);
    }

    public async Task<Content> Join(string upload, IReadOnlyList<StoredPart> parts, CancellationToken ct)
    {
        // The digest is that of the bytes as the store has them; then the store itself puts them together.
        var content = await Digested(Joined(upload, parts), ct);
        if (parts.SkipLast(1).Any(part => part.Size < S3Copying.LeastPart))
            return await Receive(PipeReader.Create(Joined(upload, parts)), content.Size, ct);
        await S3Copying.Join(bucket, [.. parts.Select(part => (Part(upload, part.Name), part.Size))], Blob(content.Digest), ct);
        return content;
    }

    public async Task Abandon(string upload, CancellationToken ct)
    {
        try
        {
            foreach (var key in await bucket.Older($"incoming/{upload}/", DateTimeOffset.MaxValue, ct))
                await bucket.Delete(key, ct);
        }
        catch (StoreUnavailableException)
        {
            // The sweep comes by later.
        }
    }

    public async Task<int> Sweep(DateTimeOffset before, CancellationToken ct)
    {
        var (unfinished, left) = (await bucket.Unfinished("", before, ct), await bucket.Older("incoming/", before, ct));
        foreach (var (key, upload) in unfinished)
            await bucket.Abort(key, upload, ct);
        foreach (var key in left)
            await bucket.Delete(key, ct);
        return unfinished.Count + left.Count;
    }

    public void Dispose()
    {
        bucket.Dispose();
        spare.Dispose();
    }

    /// <summary>Whatever stops it, the sweep comes by later.</summary>
    async Task Discard(string key) => await bucket.Delete(key, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>An object has at most 10 000 parts: the larger it is, the larger they are.</summary>
    static int PartSize(long? length) => (int)Math.Clamp((length ?? 2L * LeastPart * MostParts) / MostParts, LeastPart, MostPart);

    static async Task<Content> Digested(JoinedParts joined, CancellationToken ct)
    {
        await using (joined)
            return new(Digest.FromHash(await SHA256.HashDataAsync(joined, ct)), joined.Length);
    }

    JoinedParts Joined(string upload, IReadOnlyList<StoredPart> parts) => new(parts, (part, stop) => bucket.Open(Part(upload, part.Name), null, stop));

    static string Part(string upload, string name) => $"incoming/{upload}/{name}";

    static string Blob(Digest digest) => $"blobs/{digest.Hex[..2]}/{digest.Hex}";
}
