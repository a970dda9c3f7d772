using Assay.Contracts;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Http;

/// <summary>
/// The last net of Assay's own routes: unreadable bodies are 400 with their place, a missing database is 503, and a bug is 500 with a number
/// to give. MLflow's face has its own, in MLflow's words.
/// </summary>
public sealed partial class RequestErrors(RequestDelegate next, ILogger<RequestErrors> log)
{
    const string Api = "/api/assay";

    /// <summary>Runs the rest and translates what it throws.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, ContentType: null, StatusCode: >= 400 } && context.Request.Path.StartsWithSegments(Api))
                await Silent(context, context.Response.StatusCode);
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Clear();
            if (e is RefusedException refused)
            {
                await new Refused(refused.Refusal).ExecuteAsync(context, refused.Status);
                return;
            }
            await new Refused(Translate(context, e)).ExecuteAsync(context);
            if (e is not (BadHttpRequestException or StoreUnavailableException))
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    /// <summary>What routing refuses by itself has no body; it gets one.</summary>
    static async Task Silent(HttpContext context, int status)
    {
        var asked = $"{context.Request.Method} {context.Request.Path}";
        Refusal refusal = status switch
        {
            StatusCodes.Status404NotFound => new(RefusalKind.NotFound, "no-such-address", $"There is nothing at {asked}.", "See /openapi/v1.json for the addresses."),
            StatusCodes.Status405MethodNotAllowed => new(RefusalKind.Invalid, "wrong-method", $"{asked} is not a call of this API.", $"This address takes {context.Response.Headers.Allow}."),
            _ => new(RefusalKind.Invalid, "unreadable-request", $"{asked} was not understood (status {status}).", "See /openapi/v1.json for the form that this route takes."),
        };
        await new Refused(refusal).ExecuteAsync(context, status);
    }

    Refusal Translate(HttpContext context, Exception e)
    {
        switch (e)
        {
            case BadHttpRequestException bad:
                var detail = bad.InnerException is System.Text.Json.JsonException json ? json.Message : bad.Message;
                return new(RefusalKind.Invalid, "unreadable-request", $"The request cannot be read: {detail}", "See /openapi/v1.json for the form that this route takes.");
            case StoreUnavailableException gone:
                StorageGone(log, gone.Message);
                return new(RefusalKind.Unavailable, "storage-unavailable", gone.Message);
            default:
                Bug(log, context.TraceIdentifier, e);
                return new(RefusalKind.NotImplemented, "internal-error", $"The server has a bug; nothing of this request was done. Its number in the server's log is {context.TraceIdentifier}.", "Report it with that number.");
        }
    }

    [LoggerMessage(LogLevel.Error, "Request {Number} met a bug")]
    static partial void Bug(ILogger log, string number, Exception e);

    [LoggerMessage(LogLevel.Warning, "Storage: {Reason}")]
    static partial void StorageGone(ILogger log, string reason);
}
