using Assay.Contracts.Wire;
using Assay.Server.Http;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Mlflow;

/// <summary>
/// The last net of MLflow's paths: unknown paths and wrong methods answer in JSON (clients take a 404 without it for an old server),
/// a missing database is 503, and a bug is 500 with a number to give.
/// </summary>
public sealed partial class MlflowNet(RequestDelegate next, ILogger<MlflowNet> log)
{
    static readonly string[] Roots = ["/get-artifact", "/model-versions/get-artifact", "/v1/traces", "/version", "/graphql"];

    /// <summary>Runs the rest and translates what it throws or leaves unanswered.</summary>
    public Task InvokeAsync(HttpContext context) => IsMlflow(context.Request.Path) ? Guarded(context) : next(context);

    static bool IsMlflow(PathString path) =>
        path.StartsWithSegments("/ajax-api") || (path.StartsWithSegments("/api") && !path.StartsWithSegments("/api/assay")) || Array.Exists(Roots, r => path.Equals(r, StringComparison.Ordinal));

    async Task Guarded(HttpContext context)
    {
        try
        {
            await next(context);
            await Complete(context);
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Clear();
            await Translate(context, e);
        }
    }

    static Task Complete(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (response.HasStarted || response.ContentType is not null)
            return Task.CompletedTask;
        return response.StatusCode switch
        {
            StatusCodes.Status404NotFound => MlflowErrors.Write(context, MlflowRefusals.UnknownEndpoint(request.Method, request.Path)),
            // Whoever asks what an address takes is told, as MLflow's server tells.
            StatusCodes.Status405MethodNotAllowed when HttpMethods.IsOptions(request.Method) => Options(response),
            StatusCodes.Status405MethodNotAllowed => MlflowErrors.Write(context, MlflowRefusals.Method(request.Method, request.Path, response.Headers.Allow.ToString())),
            _ => Task.CompletedTask,
        };
    }

    static Task Options(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    Task Translate(HttpContext context, Exception e)
    {
        switch (e)
        {
            case RefusedException refused:
                return MlflowErrors.Write(context, refused.Refusal);
            case BadHttpRequestException bad:
                return MlflowErrors.Write(context, bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? MlflowRefusals.BodyTooLarge(context.Request.ContentLength, context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? WireLimits.Body.Most) : MlflowRefusals.Unreadable(bad.Message));
            case StoreUnavailableException gone:
                StorageGone(log, gone.Message);
                return MlflowErrors.Write(context, MlflowRefusals.Gone(gone.Message));
            default:
                Bug(log, context.TraceIdentifier, e);
                return MlflowErrors.Write(context, StatusCodes.Status500InternalServerError, "INTERNAL_ERROR", MlflowRefusals.Bug(context.TraceIdentifier));
        }
    }

    [LoggerMessage(LogLevel.Error, "MLflow request {Number} met a bug")]
    static partial void Bug(ILogger log, string number, Exception e);

    [LoggerMessage(LogLevel.Warning, "Storage: {Reason}")]
    static partial void StorageGone(ILogger log, string reason);
}
