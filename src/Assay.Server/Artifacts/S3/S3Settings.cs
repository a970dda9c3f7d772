namespace Assay.Server.Artifacts.S3;

/// <summary>
/// How the object store is reached, for programs that host the server. Whatever is null is found as the AWS tools find it: environment
/// (<c>AWS_ENDPOINT_URL_S3</c>, <c>AWS_REGION</c>, <c>AWS_ACCESS_KEY_ID</c> …), profile files, the role of the machine.
/// </summary>
public sealed record S3Settings
{
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
}
