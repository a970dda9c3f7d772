using System.IO.Pipelines;
using System.Security.Cryptography;
using Amazon.S3.Model;
using Assay.Contracts;

namespace Assay.Server.Artifacts.S3;

/// <summary>
/// One body on its way to the bucket, hashed as it comes. What fits into one part is put where it belongs in one call; the rest goes up in
/// parts, a few at a time, to a key among the incoming, where it becomes visible only when it is whole.
/// </summary>
sealed class S3Upload(S3Bucket bucket, SemaphoreSlim spare, string incoming, int partSize)
{
    const int MostAtOnce = 3, AtFirst = 64 << 10;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly List<Task<PartETag>> sending = [];
    string? upload;
    long size;

    /// <summary>Takes the body to its end. Small bytes are put at <paramref name="place"/> of their digest; true: large ones stand at the incoming key.</summary>
    public async Task<(Content Content, bool Incoming)> Run(PipeReader body, long? length, Func<Digest, string> place, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            for (var number = 1; ; number++)
            {
                var part = new PartBuffer((int)Math.Min(length - size ?? AtFirst, partSize));
                var last = await part.Fill(body, partSize, hash, ct);
                size += part.Bytes.Count;
                if (last && number == 1)
                    return (await PutSmall(part, hash, place, ct), false);
                upload ??= await bucket.Begin(incoming, ct);
                var spared = await Room(ct);
                sending.Add(Send(number, part, spared, ct));
                if (last)
                    break;
            }
            await bucket.Complete(incoming, upload, await Task.WhenAll(sending), ct);
            return (new(Digest.FromHash(hash.GetHashAndReset()), size), true);
        }
        catch
        {
            await Drop();
            throw;
        }
    }

    async Task<Content> PutSmall(PartBuffer part, IncrementalHash hash, Func<Digest, string> place, CancellationToken ct)
    {
        using (part)
        {
            var digest = Digest.FromHash(hash.GetHashAndReset());
            await bucket.Put(place(digest), part.Bytes, ct);
            return new(digest, size);
        }
    }

    /// <summary>Waits until a further part may be on its way: the first always may, the others as the memory spared for all uploads allows. True when it took of that.</summary>
    async Task<bool> Room(CancellationToken ct)
    {
        while (true)
        {
            var open = sending.FindAll(t => !t.IsCompletedSuccessfully);
            if (open.Count == 0)
                return false;
            if (open.Count < MostAtOnce && await spare.WaitAsync(0, ct))
                return true;
            await await Task.WhenAny(open);
        }
    }

    Task<PartETag> Send(int number, PartBuffer part, bool spared, CancellationToken ct) => Task.Run(async () =>
    {
        try
        {
            using (part)
                return await bucket.Part(incoming, upload!, number, part.Bytes, ct);
        }
        finally
        {
            if (spared)
                spare.Release();
        }
    }, CancellationToken.None);

    /// <summary>Leaves nothing behind where that can be had at once; the sweep takes the rest.</summary>
    async Task Drop()
    {
        await ((Task)Task.WhenAll(sending)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (upload is null)
            return;
        using var patience = new CancellationTokenSource(Patience);
        await bucket.Abort(incoming, upload, patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
