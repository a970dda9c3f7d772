using Assay.Server.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Mlflow;

/// <summary>One route of MLflow's, read from its JSON or query string: what it needs is declared on it, and checked between reading and doing.</summary>
public sealed class MlflowRoute<TRequest>(Func<MlflowArguments, TRequest> read, Func<TRequest, MlflowCall, Task<MlflowAnswer>> handle)
{
    IEndpointConventionBuilder endpoints = null!;
    Permission permission;
    Func<TRequest, IEnumerable<Touched>> touches = _ => [];

    internal void Declared(IEndpointConventionBuilder those) => endpoints = those;

    /// <summary>Needs a permission about the one thing that the request names.</summary>
    public void Allows(Permission needed, Func<TRequest, Touched> about) => AllowsEach(needed, request => [about(request)]);

    /// <summary>Needs a permission about each thing that the request names.</summary>
    public void AllowsEach(Permission needed, Func<TRequest, IEnumerable<Touched>> about)
    {
        (permission, touches) = (needed, about);
        endpoints.WithMetadata(new Allowed(needed, TouchedBy.Handler));
    }

    /// <summary>Needs a permission about what the address names, before anything is read.</summary>
    public void AllowsAt(Permission needed, Func<HttpContext, Touched> about) => endpoints.Allows(needed, about);

    /// <summary>What it touches is known once it is found: the handler asks.</summary>
    public void Asks(Permission needed) => endpoints.Asks(needed);

    /// <summary>Lists what the caller sees: the handler filters.</summary>
    public void Lists() => endpoints.Lists();

    internal async Task Answer(HttpContext context)
    {
        var call = new MlflowCall(context);
        await (await Answer(call, context)).Write(context);
    }

    async Task<MlflowAnswer> Answer(MlflowCall call, HttpContext context)
    {
        using var body = await MlflowBody.Read(context);
        if (body.Refusal is { } unreadable)
            return unreadable;
        var arguments = body.Arguments;
        var request = read(arguments);
        if (arguments.Refusal is { } wrong)
            return wrong;
        foreach (var touched in touches(request))
            if (await call.Must(permission, touched) is { } refusal)
                return refusal;
        return await handle(request, call);
    }
}
