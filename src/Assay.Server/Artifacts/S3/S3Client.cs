using Amazon.Runtime;
using Amazon.S3;
using Assay.Server.Storage;

namespace Assay.Server.Artifacts.S3;

/// <summary>Builds the client of an object store.</summary>
static class S3Client
{
    const string AnyRegion = "us-east-1", Amazon = ".amazonaws.com";

    public static AmazonS3Client Of(S3Settings? settings)
    {
        var config = new AmazonS3Config
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            Timeout = TimeSpan.FromSeconds(60),
            MaxErrorRetry = 2,
            // Every part goes with the SHA-256 that its request is signed with, which the store checks; further sums are not understood by all stores.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        var region = settings?.Region ?? FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName ?? Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION");
        if ((settings?.Endpoint ?? config.ServiceURL) is { Length: > 0 } endpoint)
        {
            if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                throw new StartRefusedException($"The endpoint of the object store is '{endpoint}', which is no http or https address. Set AWS_ENDPOINT_URL_S3 to one, or leave it out for Amazon's.");
            config.ServiceURL = endpoint;
            config.ForcePathStyle = !uri.Host.EndsWith(Amazon, StringComparison.OrdinalIgnoreCase);
            config.AuthenticationRegion = string.IsNullOrEmpty(region) ? AnyRegion : region;
        }
        else if (!string.IsNullOrEmpty(region))
            config.RegionEndpoint = global::Amazon.RegionEndpoint.GetBySystemName(region);
        else
            throw new StartRefusedException("--artifacts names a bucket, but neither a region nor an endpoint is set. Set AWS_REGION, or AWS_ENDPOINT_URL_S3 for a store that is not Amazon's.");
        return settings is { AccessKey: { } access, SecretKey: { } secret } ? new(new BasicAWSCredentials(access, secret), config) : new(config);
    }
}
