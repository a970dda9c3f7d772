using Assay.Server.Identity;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Pages.Layout;

/// <summary>Notes when the request came and what the frame needs to know; forbids stores between to keep a page that tells a state.</summary>
internal sealed class VisitFilter(TimeProvider clock) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        Note(invocation.HttpContext, clock, clock.GetTimestamp());
        return next(invocation);
    }

    /// <summary>Notes the visit for the frame.</summary>
    internal static void Note(HttpContext context, TimeProvider clock, long started)
    {
        var reader = Caller.Of(context).Principal;
        var signedIn = context.Features.Get<SignedIn>();
        var who = signedIn?.Name ?? (reader.Kind is PrincipalKind.Anonymous || reader == Principal.Local ? null : reader.Id);
        context.Features.Set(new Visit(clock.GetUtcNow(), started, clock, Local: reader.Kind is PrincipalKind.Local, who, signedIn is not null));
        context.Response.Headers.CacheControl = "no-cache, private";
    }
}
