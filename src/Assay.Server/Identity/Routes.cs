using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Identity;

/// <summary>How it is known what a route touches.</summary>
public enum TouchedBy
{
    /// <summary>It touches nothing that anybody must be let to: health, public keys.</summary>
    Nothing,
    /// <summary>Its address says it: checked before the handler runs.</summary>
    Address,
    /// <summary>Its body says it, or it is known once it is found: the handler asks (<see cref="Caller.Must"/>).</summary>
    Handler,
    /// <summary>It lists what the caller sees (<see cref="Caller.Sees"/>).</summary>
    List,
}

/// <summary>Metadata of a route: what it needs, and about what.</summary>
public sealed record Allowed(Permission Permission, TouchedBy By, Func<HttpContext, Touched>? Of = null);

/// <summary>Permissions where the route is declared.</summary>
public static class Routes
{
    /// <summary>Open to everybody, unknown callers included.</summary>
    public static TBuilder Open<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new Allowed(Permission.Public, TouchedBy.Nothing));

    /// <summary>Needs a permission about what its address names.</summary>
    public static TBuilder Allows<TBuilder>(this TBuilder route, Permission permission, Func<HttpContext, Touched> about) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new Allowed(permission, TouchedBy.Address, about));

    /// <summary>Needs a permission about what its body names, or what is found: the handler asks <see cref="Caller.Must"/>.</summary>
    public static TBuilder Asks<TBuilder>(this TBuilder route, Permission permission) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new Allowed(permission, TouchedBy.Handler));

    /// <summary>Lists what the caller sees: the handler filters by <see cref="Caller.Sees"/>.</summary>
    public static TBuilder Lists<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new Allowed(Permission.Read, TouchedBy.List));

    /// <summary>Throws when a route declares no permission: a hole must stop the start, not a reviewer.</summary>
    internal static void RequirePermissions(IEnumerable<Endpoint> endpoints)
    {
        var open = endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<Allowed>() is null).Select(e => e.RoutePattern.RawText).Distinct().ToList();
        if (open.Count > 0)
            throw new InvalidOperationException($"routes without a permission: {string.Join(", ", open)}");
    }
}
