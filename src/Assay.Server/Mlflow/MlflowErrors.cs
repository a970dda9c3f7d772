using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Mlflow;

/// <summary>
/// A refusal in MLflow's form: <c>error_code</c> and <c>message</c>, and beside them <c>code</c>, <c>field</c>, <c>mend</c> and <c>gaps</c>, which its clients keep.
/// A refusal is never a status that clients try again (408, 429, 5xx); only a missing database is.
/// </summary>
public static class MlflowErrors
{
    // Quotes as \" and ' as itself: people and scripts look for the message in the raw body.
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Status and error code of a refusal.</summary>
    public static (int Status, string Code) Of(Refusal refusal) => refusal.Kind switch
    {
        _ when refusal.Code == MlflowRefusals.NoEndpoint => (404, "ENDPOINT_NOT_FOUND"),
        _ when refusal.Code == MlflowRefusals.WrongMethod => (405, "BAD_REQUEST"),
        RefusalKind.Invalid => (400, "INVALID_PARAMETER_VALUE"),
        RefusalKind.Forbidden => (403, "PERMISSION_DENIED"),
        RefusalKind.NotFound => (404, "RESOURCE_DOES_NOT_EXIST"),
        RefusalKind.Conflict => (409, "RESOURCE_CONFLICT"),
        RefusalKind.Exists => (400, "RESOURCE_ALREADY_EXISTS"),
        RefusalKind.Unavailable => (503, "TEMPORARILY_UNAVAILABLE"),
        _ => (501, "NOT_IMPLEMENTED"),
    };

    /// <summary>Writes a refusal.</summary>
    public static Task Write(HttpContext context, Refusal refusal)
    {
        var (status, code) = Of(refusal);
        return Write(context, status, code, refusal);
    }

    internal static Task Write(HttpContext context, int status, string code, Refusal refusal)
    {
        var body = new JsonObject { ["error_code"] = code, ["message"] = Message(refusal), ["code"] = refusal.Code };
        if (refusal.Field is not null)
            body["field"] = refusal.Field;
        if (refusal.Mend is not null)
            body["mend"] = refusal.Mend;
        if (refusal.Gaps.Count > 0)
            body["gaps"] = Refused.GapsOf(refusal);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(Plain), context.RequestAborted);
    }

    static string Message(Refusal refusal)
    {
        var text = refusal.Mend is null ? refusal.Message : $"{refusal.Message} {refusal.Mend}";
        return refusal.Gaps.Aggregate(text, (all, gap) => $"{all}\n  {gap.Item}: wanted {gap.Wanted}; found {gap.Found}. {gap.Mend}");
    }
}
