using Assay.Server.Access.People.Personal;
using Assay.Server.Http;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Retries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Access.People;

internal static class FirstAdminEndpoints
{
    public static void MapFirstAdmin(this IEndpointRouteBuilder api) => api.MapPost("/first-admin", Become).WithTags("Identity").Open().KeepsNoAnswer();

    /// <summary>Makes a person the first administrator. The credential (Bearer) is the one-time token that the server wrote to its data folder; the answer holds a personal token, shown this once.</summary>
    internal static async Task<Results<Created<NewTokenAnswer>, Refused>> Become(FirstAdminRequest request, HttpContext context, FirstAdmin first, RefusalCounter counter, CancellationToken ct)
    {
        var made = await first.Become(ShownCredential.Of(context.Request.Headers.Authorization.ToString()).Secret, request.Name, ct);
        if (made.Ok)
            return TypedResults.Created($"/api/assay/v1/tokens/{made.Value.Token.Id}", NewTokenAnswer.Of(made.Value));
        counter.Count(context.Connection.RemoteIpAddress?.ToString() ?? "", LedgerActions.PersonMadeAdministrator, made.Refusal!.Code);
        return new Refused(made.Refusal);
    }
}

/// <summary>Who becomes administrator.</summary>
/// <param name="Name">The id by which the sign-in provider will know the person.</param>
internal sealed record FirstAdminRequest(string? Name);
