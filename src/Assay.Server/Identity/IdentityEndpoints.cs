using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Identity;

internal static class IdentityEndpoints
{
    public static void MapIdentity(this IEndpointRouteBuilder api) => api.MapGet("/whoami", Whoami).WithTags("Identity").Allows(Permission.Public);

    /// <summary>Who the registry takes the caller for.</summary>
    internal static Ok<CallerView> Whoami(Caller caller) => TypedResults.Ok(new CallerView(caller.Principal.ToString(), caller.Principal.Kind, caller.Principal.Id, caller.Principal.Verified, caller.Principal.Roles));
}

/// <summary>A principal on the wire.</summary>
internal sealed record CallerView(string Principal, PrincipalKind Kind, string Id, bool Verified, IReadOnlyList<string> Roles);
