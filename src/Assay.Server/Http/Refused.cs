using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Assay.Server.Http;

/// <summary>A refusal as problem+json (RFC 9457) with <c>code</c>, <c>field</c>, <c>mend</c> and, where a capture profile refuses, <c>gaps</c>.</summary>
public sealed class Refused(Refusal refusal) : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult
{
    // Sent as JSON and never as HTML: people read it, so quotes stay quotes.
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Why not.</summary>
    public Refusal Refusal => refusal;

    /// <inheritdoc/>
    public int? StatusCode => StatusOf(refusal.Kind);

    /// <summary>The HTTP status of a kind of refusal on Assay's own routes.</summary>
    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => 400,
        RefusalKind.Forbidden => 403,
        RefusalKind.NotFound => 404,
        RefusalKind.Conflict or RefusalKind.Exists => 409,
        RefusalKind.Unavailable => 503,
        _ => 501,
    };

    /// <summary>The body.</summary>
    public static JsonObject Problem(Refusal refusal)
    {
        var body = new JsonObject
        {
            ["type"] = "about:blank",
            ["title"] = refusal.Message,
            ["status"] = StatusOf(refusal.Kind),
            ["detail"] = refusal.Mend is null ? refusal.Message : $"{refusal.Message} {refusal.Mend}",
            ["code"] = refusal.Code,
        };
        if (refusal.Field is not null)
            body["field"] = refusal.Field;
        if (refusal.Mend is not null)
            body["mend"] = refusal.Mend;
        if (refusal.Gaps.Count > 0)
            body["gaps"] = GapsOf(refusal);
        return body;
    }

    /// <summary>The gaps as JSON.</summary>
    public static JsonArray GapsOf(Refusal refusal) =>
        new([.. refusal.Gaps.Select(g => new JsonObject { ["item"] = g.Item, ["wanted"] = g.Wanted, ["found"] = g.Found, ["mend"] = g.Mend })]);

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => ExecuteAsync(httpContext, StatusOf(refusal.Kind));

    /// <summary>The same with a status of HTTP's own (405, 415).</summary>
    internal Task ExecuteAsync(HttpContext httpContext, int status)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/problem+json";
        var body = Problem(refusal);
        body["status"] = status;
        return httpContext.Response.WriteAsync(body.ToJsonString(Plain));
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        foreach (var status in (int[])[400, 403, 404, 409, 503])
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
    }
}

/// <summary>From results of use cases to results of routes.</summary>
public static class Answers
{
    /// <summary>200 with the value, or the refusal.</summary>
    public static async Task<Results<Ok<T>, Refused>> Ok<T>(this Task<Result<T>> task) =>
        await task is { Ok: true } result ? TypedResults.Ok(result.Value) : new Refused((await task).Refusal!);

    /// <summary>201 with the value and its address, or the refusal.</summary>
    public static async Task<Results<Created<T>, Refused>> Created<T>(this Task<Result<T>> task, Func<T, string> at) =>
        await task is { Ok: true } result ? TypedResults.Created(at(result.Value), result.Value) : new Refused((await task).Refusal!);
}
