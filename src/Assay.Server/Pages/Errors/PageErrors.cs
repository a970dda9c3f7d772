using Assay.Server.Pages.Layout;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Pages.Errors;

/// <summary>Answers browsers with a page where programs get JSON: an address that leads nowhere, a database that is gone, a bug.</summary>
internal sealed partial class PageErrors(RequestDelegate next, TimeProvider clock, ILogger<PageErrors> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!WantsPage(context.Request))
        {
            await next(context);
            return;
        }
        var started = clock.GetTimestamp();
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound, ContentType: null })
                await Answer(context, started, ErrorView.NoSuchPage(context.Request.Path));
        }
        catch (StoreUnavailableException gone) when (!context.Response.HasStarted)
        {
            StorageGone(log, gone.Message);
            await Answer(context, started, ErrorView.StorageGone(gone.Message));
        }
        catch (Exception bug) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested && bug is not BadHttpRequestException)
        {
            Bug(log, context.TraceIdentifier, bug);
            await Answer(context, started, ErrorView.Bug(context.TraceIdentifier));
        }
    }

    /// <summary>A browser that looks: it names text/html, and asks for no API.</summary>
    internal static bool WantsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && !request.Path.StartsWithSegments("/ajax-api", StringComparison.Ordinal);

    Task Answer(HttpContext context, long started, ErrorView view)
    {
        VisitFilter.Note(context, clock, started);
        return Drawn.As<ErrorPage>(view, view.Status).ExecuteAsync(context);
    }

    [LoggerMessage(LogLevel.Error, "Request {Number} met a bug")]
    static partial void Bug(ILogger log, string number, Exception e);

    [LoggerMessage(LogLevel.Warning, "Storage: {Reason}")]
    static partial void StorageGone(ILogger log, string reason);
}
