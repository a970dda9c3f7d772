using System.Text.Json.Nodes;

namespace Assay.Client;

/// <summary>Where data came from, in MLflow's source types.</summary>
/// <param name="Type"><c>local</c>, <c>http</c>, <c>s3</c> …</param>
/// <param name="Json">The place, as MLflow's type of source writes it.</param>
public sealed record DatasetSource(string Type, string Json)
{
    /// <summary>A file or folder on this machine.</summary>
    public static DatasetSource Local(string path) => new("local", new JsonObject { ["uri"] = Path.GetFullPath(path) }.ToJsonString());

    /// <summary>A web address. User, password and query are not recorded: they may be secret.</summary>
    public static DatasetSource Http(Uri url) =>
        new("http", new JsonObject { ["url"] = RemoteUrl.WithoutCredentials(url.AbsoluteUri) }.ToJsonString());

    /// <summary>An address in a store that MLflow knows by its scheme, such as <c>s3://bucket/key</c>.</summary>
    public static DatasetSource Store(Uri address) => new(address.Scheme, new JsonObject { ["uri"] = address.AbsoluteUri }.ToJsonString());
}
