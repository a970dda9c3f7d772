using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Assay.Contracts;

namespace Assay.Evaluation.Data.Sources;

/// <summary>Data in an object store: <c>s3://bucket/key</c>, or <c>s3://bucket/folder/</c> for all data files below.</summary>
/// <param name="access">How the store is reached.</param>
/// <param name="progress">Told of the megabytes that have come.</param>
public sealed class S3Source(S3Access access, IProgress<EvaluationProgress>? progress = null) : IDataSource
{
    /// <inheritdoc/>
    public string Scheme => "s3://";

    /// <inheritdoc/>
    public bool Takes(string uri) => uri.StartsWith(Scheme, StringComparison.Ordinal);

    /// <inheritdoc/>
    public async Task<Result<DataFiles>> Fetch(string uri, CancellationToken ct)
    {
        var parts = uri[Scheme.Length..].Split('/', 2);
        if (parts is not [{ Length: > 0 } bucket, { Length: > 0 } key])
            return DataRefusals.NoData(uri, "an address in an object store is s3://BUCKET/KEY.");
        try
        {
            using var client = access.Client();
            using var fetching = new Fetching(progress);
            if (!key.EndsWith('/'))
            {
                await Keep(client, fetching, bucket, key, key[(key.LastIndexOf('/') + 1)..], ct);
                return fetching.Files(single: true);
            }
            var keys = await Below(client, bucket, key, ct);
            if (keys.Count is 0 or > DataLimits.MostFiles)
                return keys.Count == 0 ? DataRefusals.NoData(uri, $"no object below it has a name that ends in {DataRefusals.Endings}.") : DataRefusals.TooMany(uri, "files", keys.Count, DataLimits.MostFiles);
            foreach (var one in keys)
                await Keep(client, fetching, bucket, one, one[key.Length..], ct);
            return fetching.Files(single: false);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or UriFormatException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return DataRefusals.NoData(uri, Why(e));
        }
    }

    static async Task Keep(AmazonS3Client client, Fetching fetching, string bucket, string key, string name, CancellationToken ct)
    {
        using var answer = await client.GetObjectAsync(bucket, key, ct);
        await fetching.Keep(name, answer.ResponseStream, answer.ContentLength, ct);
    }

    static async Task<List<string>> Below(AmazonS3Client client, string bucket, string prefix, CancellationToken ct)
    {
        List<string> keys = [];
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix };
        do
        {
            var page = await client.ListObjectsV2Async(request, ct);
            keys.AddRange((page.S3Objects ?? []).Select(o => o.Key).Where(k => Formats.DataFormats.Known(k) && !k[prefix.Length..].Split('/').Any(part => part.Length == 0 || part[0] is '.' or '_')));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null && keys.Count <= DataLimits.MostFiles);
        return keys;
    }

    /// <summary>The store's error code and nothing else of its answer, which may hold keys.</summary>
    static string Why(Exception e) => e switch
    {
        AmazonServiceException { ErrorCode: "NoSuchKey" } => "the store has no such object.",
        AmazonServiceException { ErrorCode: "NoSuchBucket" } => "the store has no such bucket.",
        AmazonServiceException { ErrorCode: { Length: > 0 } code } service => $"the store refuses it ({code}, {(int)service.StatusCode}); check AWS_ENDPOINT_URL_S3, AWS_REGION and the keys.",
        AmazonClientException when e.Message.Contains("redential", StringComparison.Ordinal) => "no keys were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.",
        IOException => e.Message,
        _ => "the store does not answer; check AWS_ENDPOINT_URL_S3 and AWS_REGION.",
    };
}
