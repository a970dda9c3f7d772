using Microsoft.AspNetCore.Http;

namespace Assay.Server.Http;

/// <summary>Query strings without NUL characters, as the web server has it for paths: no name or text holds one, and a database may not take it.</summary>
sealed class SoundQuery(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => (context.Request.QueryString.Value ?? "").Contains("%00", StringComparison.Ordinal)
        ? throw new BadHttpRequestException("the query string holds %00, a NUL character; leave it out.")
        : next(context);
}
