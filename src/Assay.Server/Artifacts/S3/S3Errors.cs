using System.Net;
using System.Net.Http;
using Amazon.Runtime;
using Amazon.S3;
using Assay.Server.Storage;

namespace Assay.Server.Artifacts.S3;

/// <summary>What an object store says, in our words: its error code and nothing else of its answer, which may hold keys.</summary>
static class S3Errors
{
    /// <summary>Is it the store or the way to it?</summary>
    public static bool IsStore(Exception e) => e is AmazonServiceException or AmazonClientException or HttpRequestException or HttpIOException or IOException or TimeoutException;

    public static bool IsMissing(AmazonS3Exception e) => e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode is not "NoSuchBucket";

    public static StoreUnavailableException Unavailable(Exception e, S3Address address) => new($"The artifact store {address} cannot be used now ({Why(e)}).", e);

    /// <summary>Why a server cannot start on this store, and what to do.</summary>
    public static StartRefusedException Refused(Exception e, S3Address address, string endpoint) => new($"--artifacts {address}: " + ((e as AmazonServiceException)?.ErrorCode switch
    {
        "NoSuchBucket" => $"there is no bucket {address.Bucket} at {endpoint}. Make it (aws s3 mb s3://{address.Bucket}), or give another with --artifacts.",
        "AccessDenied" or "Forbidden" or "AllAccessDisabled" => $"{endpoint} does not allow these keys to use the bucket. Allow s3:GetObject, s3:PutObject, s3:DeleteObject, s3:ListBucket, s3:ListBucketMultipartUploads and s3:AbortMultipartUpload on it, or give other keys.",
        "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "ExpiredToken" or "InvalidToken" => $"{endpoint} does not accept the keys ({Why(e)}). Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, to ones that may use the bucket.",
        _ when e is AmazonClientException && e.Message.Contains("redential", StringComparison.Ordinal) => "no keys were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run with a role that may use the bucket.",
        _ => $"{endpoint} does not answer as an object store should ({Why(e)}). Check AWS_ENDPOINT_URL_S3 and AWS_REGION, and that the store is up.",
    }), e);

    static string Why(Exception e) => e switch
    {
        AmazonServiceException { ErrorCode: { Length: > 0 } code } service => $"{code}, {(int)service.StatusCode}",
        AmazonServiceException service when service.StatusCode != 0 => $"status {(int)service.StatusCode}",
        { InnerException: { } inner } => Why(inner),
        System.Net.Sockets.SocketException socket => socket.SocketErrorCode.ToString(),
        OperationCanceledException or TimeoutException => "no answer in time",
        _ => "the connection failed",
    };
}
