using Assay.Server.Artifacts.Local;
using Assay.Server.Artifacts.S3;

namespace Assay.Server.Artifacts;

/// <summary>The places that bytes can be kept in, by the form of their address.</summary>
static class ContentStores
{
    /// <summary>The store that the server was asked to use. Throws <see cref="Storage.StartRefusedException"/> for an address that names none.</summary>
    public static IContentStore Of(ServerOptions options) =>
        options.Artifacts is not { } artifacts ? new LocalContents(Path.Combine(options.Data, "artifacts"), ours: true)
        : S3Address.Is(artifacts) ? new S3Contents(S3Address.Parse(artifacts), options.S3)
        : artifacts.Contains("://", StringComparison.Ordinal) ? throw new Storage.StartRefusedException($"--artifacts {artifacts}: bytes are kept in a folder or in an S3 bucket. Give a folder, s3://BUCKET/PREFIX, or leave it out for DIR/artifacts.")
        : new LocalContents(artifacts, ours: false);
}
