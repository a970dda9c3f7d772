using System.Text.Json.Nodes;
using Assay.Contracts;
using Microsoft.AspNetCore.Http;

namespace Assay.Cli.Access;

/// <summary>What the forwarder itself answers, in a form that MLflow's clients and ours read.</summary>
internal static class ForwarderAnswer
{
    /// <summary>A refusal of the exchange; what may pass is 503, which clients send again by themselves.</summary>
    public static Task Write(HttpContext context, ExchangeException refused) => refused.Passing
        ? Write(context, StatusCodes.Status503ServiceUnavailable, "TEMPORARILY_UNAVAILABLE", Words(refused.Refusal), refused.Refusal.Code)
        : Write(context, StatusCodes.Status403Forbidden, "PERMISSION_DENIED", Words(refused.Refusal), refused.Refusal.Code);

    public static Task Write(HttpContext context, int status, string error, string message, string code = "forwarder")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        if (status is StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "1";
        return context.Response.WriteAsync(new JsonObject { ["error_code"] = error, ["message"] = message, ["title"] = message, ["status"] = status, ["code"] = code }.ToJsonString());
    }

    /// <summary>Message and mend.</summary>
    public static string Words(Refusal refusal) => refusal.Mend is null ? refusal.Message : $"{refusal.Message} {refusal.Mend}";
}
