using Assay.Server.Artifacts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Assay.Server.Mlflow;

/// <summary>
/// Looks at artifact addresses as they were sent: the web server takes <c>..</c> out of a path before routing, which would turn an attack into
/// some other, innocent address instead of a refusal.
/// </summary>
sealed class HostilePaths(RequestDelegate next)
{
    const string Artifacts = "/mlflow-artifacts/";

    public Task InvokeAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var at = target.IndexOf(Artifacts, StringComparison.Ordinal);
        if (at < 0)
            return next(context);
        var path = target[(at + Artifacts.Length)..].Split('?')[0];
        var sent = path.Split('/', 2) is [_, { Length: > 0 } rest] ? rest : null;
        return sent is not null && ArtifactPath.Parse(Uri.UnescapeDataString(sent)) is { Refusal: { } refusal } && sent.Contains('.', StringComparison.Ordinal) | sent.Contains('%', StringComparison.Ordinal)
            ? MlflowErrors.Write(context, refusal)
            : next(context);
    }
}
