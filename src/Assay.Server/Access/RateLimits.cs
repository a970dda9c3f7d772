using System.Text.Json.Nodes;
using Assay.Server.Identity;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Access;

/// <summary>
/// How much one principal, or one address without a credential, may ask at once. Behind the door, so that nobody spends what is another's. Local mode has
/// no limit: there is one principal, on this machine. 429 is what clients try again later by themselves, which is what is wanted here.
/// </summary>
sealed class RateLimits(RequestDelegate next, ServerOptions options, AccessPrincipals principals, RateBuckets buckets)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (options.RateLimit == 0 || !principals.Configured)
        {
            await next(context);
            return;
        }
        var who = Caller.Of(context).Principal;
        var known = who.Kind is not PrincipalKind.Anonymous;
        if (buckets.Take(known ? who.ToString() : $"address {context.Connection.RemoteIpAddress}", known))
            await next(context);
        else
            await Refuse(context, known ? who.ToString() : "this address");
    }

    static Task Refuse(HttpContext context, string who)
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = "1";
        context.Response.ContentType = "application/json";
        var message = $"Too many requests from {who}.";
        const string Mend = "Send them more slowly, or several points at once with log-batch; assay server --rate-limit N sets the limit.";
        return context.Response.WriteAsync(new JsonObject
        {
            ["error_code"] = "REQUEST_LIMIT_EXCEEDED",
            ["message"] = $"{message} {Mend}",
            ["type"] = "about:blank",
            ["title"] = message,
            ["status"] = 429,
            ["code"] = "too-many-requests",
            ["mend"] = Mend,
        }.ToJsonString());
    }
}
