using Amazon.Runtime;
using Amazon.S3;

namespace Assay.Evaluation.Data.Sources;

/// <summary>
/// How an object store is reached. Whatever is null is found as the AWS tools find it: environment (<c>AWS_ENDPOINT_URL_S3</c>, <c>AWS_REGION</c>,
/// <c>AWS_ACCESS_KEY_ID</c> …), profile files, the role of the machine.
/// </summary>
public sealed record S3Access
{
    const string AnyRegion = "us-east-1", Amazon = ".amazonaws.com";

    /// <summary>The address of a store that is not Amazon's.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The region that requests are signed for.</summary>
    public string? Region { get; init; }

    /// <summary>The key's name.</summary>
    public string? AccessKey { get; init; }

    /// <summary>The key itself.</summary>
    public string? SecretKey { get; init; }

    /// <summary>Never shows a key.</summary>
    public override string ToString() => $"{Endpoint} {Region}";

    internal AmazonS3Client Client()
    {
        var config = new AmazonS3Config
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            Timeout = TimeSpan.FromSeconds(60),
            MaxErrorRetry = 2,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        var region = Region ?? FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName ?? Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION");
        if ((Endpoint ?? config.ServiceURL) is { Length: > 0 } endpoint)
        {
            config.ServiceURL = endpoint;
            config.ForcePathStyle = !new Uri(endpoint).Host.EndsWith(Amazon, StringComparison.OrdinalIgnoreCase);
            config.AuthenticationRegion = string.IsNullOrEmpty(region) ? AnyRegion : region;
        }
        else
            config.RegionEndpoint = global::Amazon.RegionEndpoint.GetBySystemName(string.IsNullOrEmpty(region) ? AnyRegion : region);
        return AccessKey is { } access && SecretKey is { } secret ? new(new BasicAWSCredentials(access, secret), config) : new(config);
    }
}
