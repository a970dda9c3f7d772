namespace Assay.Server.Artifacts;

/// <summary>Addresses of artifacts under the server's own control: <c>mlflow-artifacts:/PATH</c> (with or without a host).</summary>
public static class ArtifactUri
{
    const string Scheme = "mlflow-artifacts:";

    /// <summary>The logical path that an address names, without a slash at either end; null when it lies elsewhere or cannot be a path.</summary>
    public static string? PathOf(string address)
    {
        if (!address.StartsWith(Scheme, StringComparison.Ordinal))
            return null;
        var rest = address[Scheme.Length..];
        if (rest.StartsWith("//", StringComparison.Ordinal))
            rest = rest.IndexOf('/', 2) is > 0 and var slash ? rest[slash..] : "";
        rest = rest.Trim('/');
        return ArtifactPath.Parse(rest) is { Ok: true } ? rest : null;
    }
}
