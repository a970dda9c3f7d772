using Amazon.S3.Model;

namespace Assay.Server.Artifacts.S3;

/// <summary>Copies inside the bucket, done by the store: not a byte passes here, and the target is visible only when it is whole.</summary>
static class S3Copying
{
    /// <summary>What one call copies at most; a part between others has at least <see cref="LeastPart"/> bytes.</summary>
    const long MostAtOnce = 1L << 30;
    const int Together = 4;

    /// <summary>The least size in bytes of a part that is not the last.</summary>
    public const long LeastPart = 5 << 20;

    /// <summary>Makes one object of others, in order.</summary>
    public static async Task Join(S3Bucket bucket, IReadOnlyList<(string Key, long Size)> sources, string target, CancellationToken ct)
    {
        if (sources is [var (only, size)] && size <= MostAtOnce)
        {
            await bucket.Copy(only, target, ct);
            return;
        }
        var upload = await bucket.Begin(target, ct);
        try
        {
            var pieces = sources.SelectMany(s => Pieces(s.Size).Select(range => (s.Key, range))).ToList();
            var parts = new PartETag[pieces.Count];
            await Parallel.ForAsync(0, pieces.Count, new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = ct }, async (i, stop) =>
                parts[i] = await bucket.PartOf(target, upload, i + 1, pieces[i].Key, pieces[i].range, stop));
            await bucket.Complete(target, upload, parts, ct);
        }
        catch
        {
            await bucket.Abort(target, upload, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <summary>Pieces of about equal size, so that none is too small.</summary>
    static IEnumerable<ByteRange> Pieces(long size)
    {
        var count = Math.Max(1, (size + MostAtOnce - 1) / MostAtOnce);
        for (var i = 0L; i < count; i++)
            yield return new(size * i / count, size * (i + 1) / count - size * i / count);
    }
}
