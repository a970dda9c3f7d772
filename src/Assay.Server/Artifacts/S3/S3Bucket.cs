using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Assay.Server.Artifacts.S3;

/// <summary>The few calls that we make of a bucket, by keys below the prefix. Every error is a <see cref="Storage.StoreUnavailableException"/>.</summary>
sealed class S3Bucket(IAmazonS3 client, S3Address address) : IDisposable
{
    public S3Address Address => address;

    public string Endpoint => client.Config.ServiceURL ?? $"region {client.Config.RegionEndpoint?.SystemName}";

    /// <summary>Writes a whole object of at most one part.</summary>
    public Task Put(string key, ArraySegment<byte> bytes, CancellationToken ct) => Told(() => client.PutObjectAsync(new()
    {
        BucketName = address.Bucket,
        Key = address.Key(key),
        InputStream = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count),
        UseChunkEncoding = false,
    }, ct), ct);

    /// <summary>The size of an object in bytes; null when there is none.</summary>
    public Task<long?> Size(string key, CancellationToken ct) => Told<long?>(async () =>
    {
        try
        {
            return (await client.GetObjectMetadataAsync(address.Bucket, address.Key(key), ct)).ContentLength;
        }
        catch (AmazonS3Exception e) when (S3Errors.IsMissing(e))
        {
            return null;
        }
    }, ct);

    /// <summary>Opens an object; null when there is none.</summary>
    public Task<OpenContent?> Open(string key, ByteRange? range, CancellationToken ct) => Told<OpenContent?>(async () =>
    {
        try
        {
            var answer = await client.GetObjectAsync(new() { BucketName = address.Bucket, Key = address.Key(key), ByteRange = range is { } part ? new(part.From, part.From + part.Count - 1) : null }, ct);
            return new(new S3Stream(answer, address), range is null ? answer.ContentLength : long.Parse(answer.ContentRange.AsSpan(answer.ContentRange.LastIndexOf('/') + 1), System.Globalization.CultureInfo.InvariantCulture));
        }
        catch (AmazonS3Exception e) when (S3Errors.IsMissing(e))
        {
            return null;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return new(Stream.Null, await Size(key, ct) ?? 0);   // shorter than it should be: the caller compares sizes
        }
    }, ct);

    public Task Delete(string key, CancellationToken ct) => Told(() => client.DeleteObjectAsync(address.Bucket, address.Key(key), ct), ct);

    /// <summary>Begins an object of many parts: nothing is visible before it is completed.</summary>
    public Task<string> Begin(string key, CancellationToken ct) => Told(async () => (await client.InitiateMultipartUploadAsync(address.Bucket, address.Key(key), ct)).UploadId, ct);

    public Task<PartETag> Part(string key, string upload, int number, ArraySegment<byte> bytes, CancellationToken ct) => Told(async () => new PartETag(number, (await client.UploadPartAsync(new()
    {
        BucketName = address.Bucket,
        Key = address.Key(key),
        UploadId = upload,
        PartNumber = number,
        PartSize = bytes.Count,
        InputStream = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count),
        UseChunkEncoding = false,
    }, ct)).ETag), ct);

    /// <summary>Adds a part that the store takes from another object, without a byte passing here.</summary>
    public Task<PartETag> PartOf(string key, string upload, int number, string source, ByteRange range, CancellationToken ct) => Told(async () => new PartETag(number, (await client.CopyPartAsync(new()
    {
        SourceBucket = address.Bucket,
        SourceKey = address.Key(source),
        DestinationBucket = address.Bucket,
        DestinationKey = address.Key(key),
        UploadId = upload,
        PartNumber = number,
        FirstByte = range.From,
        LastByte = range.From + range.Count - 1,
    }, ct)).ETag), ct);

    public Task Complete(string key, string upload, IEnumerable<PartETag> parts, CancellationToken ct) => Told(() => client.CompleteMultipartUploadAsync(new()
    {
        BucketName = address.Bucket,
        Key = address.Key(key),
        UploadId = upload,
        PartETags = [.. parts],
    }, ct), ct);

    public Task Abort(string key, string upload, CancellationToken ct) => Told(() => client.AbortMultipartUploadAsync(address.Bucket, address.Key(key), upload, ct), ct);

    public Task Copy(string source, string key, CancellationToken ct) => Told(() => client.CopyObjectAsync(address.Bucket, address.Key(source), address.Bucket, address.Key(key), ct), ct);

    /// <summary>The keys below a folder that were last written before a moment.</summary>
    public Task<List<string>> Older(string folder, DateTimeOffset before, CancellationToken ct) => Told(async () =>
    {
        List<string> keys = [];
        await foreach (var found in client.Paginators.ListObjectsV2(new() { BucketName = address.Bucket, Prefix = address.Key(folder) }).S3Objects.WithCancellation(ct))
            if (found.LastModified?.ToUniversalTime() < before.UtcDateTime)
                keys.Add(found.Key[(address.Key(folder).Length - folder.Length)..]);
        return keys;
    }, ct);

    /// <summary>The objects of many parts below a folder that were begun before a moment and never completed.</summary>
    public Task<List<(string Key, string Upload)>> Unfinished(string folder, DateTimeOffset before, CancellationToken ct) => Told(async () =>
    {
        List<(string, string)> uploads = [];
        await foreach (var found in client.Paginators.ListMultipartUploads(new() { BucketName = address.Bucket, Prefix = address.Key(folder) }).Uploads.WithCancellation(ct))
            if (found.Initiated?.ToUniversalTime() < before.UtcDateTime)
                uploads.Add((found.Key[(address.Key(folder).Length - folder.Length)..], found.UploadId));
        return uploads;
    }, ct);

    async Task<T> Told<T>(Func<Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (S3Errors.IsStore(e) || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw S3Errors.Unavailable(e, address);
        }
    }

    public void Dispose() => client.Dispose();
}
