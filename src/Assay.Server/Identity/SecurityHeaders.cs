using Microsoft.AspNetCore.Http;

namespace Assay.Server.Identity;

/// <summary>Headers that every answer carries, so that a page shows only what is ours and nobody frames it.</summary>
static class SecurityHeaders
{
    const string Policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>For bytes that somebody logged: an opaque origin, no script, nothing loaded.</summary>
    public const string Sandboxed = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    public static Task Add(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        return next(context);
    }
}
