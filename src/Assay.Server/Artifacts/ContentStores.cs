using Assay.Server.Artifacts.Local;

namespace Assay.Server.Artifacts;

/// <summary>The places that bytes can be kept in, by the form of their address.</summary>
static class ContentStores
{
    /// <summary>The store that the server was asked to use.</summary>
    public static IContentStore Of(ServerOptions options) => new LocalContents(options.Artifacts ?? Path.Combine(options.Data, "artifacts"));
}
