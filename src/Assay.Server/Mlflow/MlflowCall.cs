using Assay.Server.Identity;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Mlflow;

/// <summary>One request at MLflow's wire: who asks, and until when.</summary>
public sealed class MlflowCall(HttpContext context)
{
    /// <summary>The request and response, for routes of bytes.</summary>
    public HttpContext Http => context;

    /// <summary>Who asks.</summary>
    public Principal Principal => Caller.Of(context).Principal;

    /// <summary>What the caller may look at.</summary>
    public Sees Sees => Caller.Of(context).Sees;

    /// <summary>May the caller do this? Null when it may.</summary>
    public Task<Contracts.Refusal?> Must(Permission permission, Touched touched) => Caller.Of(context).Must(permission, touched, Ct);

    /// <summary>Cancelled when the client is gone.</summary>
    public CancellationToken Ct => context.RequestAborted;

    /// <summary>A part of the path, percent-decoded; empty when there is none.</summary>
    public string Path(string name) => context.Request.RouteValues[name] as string ?? "";

    /// <summary>The first of these query arguments that is given, or null.</summary>
    public string? Query(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (context.Request.Query.TryGetValue(name, out var value) && value.Count > 0 && value[^1]!.Length > 0)
                return value[^1];
        return null;
    }
}
