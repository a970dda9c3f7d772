using System.Text.Json.Nodes;
using Assay.Contracts;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Identity;

/// <summary>What the door says to those it does not let in. Both faces must understand it: MLflow's clients read <c>error_code</c> and <c>message</c>, ours the rest.</summary>
static class DoorRefusal
{
    public static Refusal Host(string host) => new(RefusalKind.Forbidden, "foreign-host", $"The request names the host '{host}', which is not this server's name.",
        "Use a loopback name, or start the server with --host NAME for further names.", "Host");

    public static Refusal Origin(string origin) => new(RefusalKind.Forbidden, "foreign-origin", $"A web page of another origin ('{origin}') may not change anything here.",
        "Call the API from a program, or from this server's own pages.", "Origin");

    public static Refusal Proxy(string header) => new(RefusalKind.Forbidden, "proxied", $"The request came through a proxy (header {header}), but the server runs in local mode, which trusts nobody behind one.",
        "Connect directly on loopback, or configure identity with --access.", header);

    public static Refusal Actor(string value) => new(RefusalKind.Forbidden, "bad-actor", $"'{value}' names no actor.", "Give NAME or NAME:ROLE.", "X-Assay-As");

    public static Task Write(HttpContext context, Refusal refusal)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(new JsonObject
        {
            ["error_code"] = "PERMISSION_DENIED",
            ["message"] = $"{refusal.Message} {refusal.Mend}",
            ["type"] = "about:blank",
            ["title"] = refusal.Message,
            ["status"] = 403,
            ["code"] = refusal.Code,
            ["field"] = refusal.Field,
            ["mend"] = refusal.Mend,
        }.ToJsonString());
    }
}
