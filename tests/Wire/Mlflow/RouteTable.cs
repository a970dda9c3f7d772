using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Mlflow;

/// <summary>One way to call the server, as its own table of endpoints has it.</summary>
/// <param name="Method">Such as <c>POST</c>.</param>
/// <param name="Pattern">Such as <c>/api/2.0/mlflow/runs/create</c>, parts of the path in braces.</param>
sealed record WireRoute(string Method, string Pattern)
{
    /// <summary>Is it MLflow's, so that it answers in MLflow's form?</summary>
    public bool IsMlflow => Pattern.StartsWith("/api/2.0/", StringComparison.Ordinal) || Pattern.StartsWith("/api/3.0/", StringComparison.Ordinal) || Pattern.StartsWith("/ajax-api/", StringComparison.Ordinal);

    /// <summary>The address with these values for the parts in braces, one after another.</summary>
    public string Path(IReadOnlyList<string> parts)
    {
        var (path, at) = (Pattern, 0);
        while (path.IndexOf('{', StringComparison.Ordinal) is var open and >= 0)
            path = path[..open] + parts[at++ % parts.Count] + path[(path.IndexOf('}', open) + 1)..];
        return path;
    }

    public override string ToString() => $"{Method} {Pattern}";
}

/// <summary>The routes that a server really has: a new one is fuzzed without being written down here.</summary>
static class RouteTable
{
    public static List<WireRoute> Of(TestServer server) =>
    [
        .. from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           let route = new WireRoute(method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
           orderby route.Pattern, route.Method
           select route
    ];
}
