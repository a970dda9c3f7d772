using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Identity;

/// <summary>Permissions where the route is declared.</summary>
public static class Routes
{
    /// <summary>Declares what a route needs.</summary>
    public static TBuilder Allows<TBuilder>(this TBuilder route, Permission permission) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new Allowed(permission));

    /// <summary>Throws when a route declares no permission: a hole must stop the start, not a reviewer.</summary>
    internal static void RequirePermissions(IEnumerable<Endpoint> endpoints)
    {
        var open = endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<Allowed>() is null).Select(e => e.RoutePattern.RawText).Distinct().ToList();
        if (open.Count > 0)
            throw new InvalidOperationException($"routes without a permission: {string.Join(", ", open)}");
    }
}
