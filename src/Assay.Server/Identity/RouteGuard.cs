using Microsoft.AspNetCore.Http;

namespace Assay.Server.Identity;

/// <summary>
/// Holds every route to what it declares: what its address names is checked here, and where the handler has to ask, an answer that it gave without
/// asking never leaves the server.
/// </summary>
sealed class RouteGuard(RequestDelegate next, Authorizer authorizer, IRefusalWitness witness, IRefusalPages pages)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Allowed>() is not { } allowed || allowed.Permission is Permission.Public)
        {
            await next(context);
            return;
        }
        var caller = Caller.Of(context);
        var refusal = allowed.By is TouchedBy.Address ? await authorizer.Check(caller.Principal, allowed.Permission, allowed.Of!(context), context.RequestAborted)
            : caller.Principal.Kind is PrincipalKind.Anonymous ? DoorRefusal.Unknown() : null;
        if (refusal is not null)
        {
            if (caller.Principal.Kind is PrincipalKind.Anonymous && !pages.LeadsToSignIn(context, refusal))
                witness.Unknown(context, refusal);
            if (!await pages.Answer(context, refusal))
                await DoorRefusal.Write(context, refusal);
            return;
        }
        if (allowed.By is not TouchedBy.Address)
            context.Response.OnStarting(() => caller.Asked || context.Response.StatusCode >= 300
                ? Task.CompletedTask
                : throw new InvalidOperationException($"{context.Request.Path} answers without having asked what its caller may"));
        await next(context);
    }
}
