using Assay.Server.Access.Policy;
using Assay.Server.Identity;
using Assay.Server.Retries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Access.People.Devices;

internal static class DeviceEndpoints
{
    const string GrantType = "urn:ietf:params:oauth:grant-type:device_code";
    const int MostBytes = 16 << 10;

    public static void MapDevices(this IEndpointRouteBuilder root)
    {
        var oidc = root.MapGroup("/oidc").WithTags("Identity");
        oidc.MapPost("/device_authorization", Begin).Open().KeepsNoAnswer();
        oidc.MapPost("/token", Ask).Open().KeepsNoAnswer();
    }

    /// <summary>Begins the sign-in of a program without a browser (RFC 8628 §3.1; a form, <c>client_name</c> says what it is).</summary>
    internal static async Task<IResult> Begin(HttpContext context, AccessBook book, DeviceDesk desk, CancellationToken ct)
    {
        if (book.Current is not { } policy)
            return Error("access_denied", "The registry runs in local mode: nobody signs in.");
        if (await Form(context.Request, ct) is not { } form)
            return Error("invalid_request", "The body is a small form (application/x-www-form-urlencoded).");
        if (await desk.Begin(form["client_name"], context.Connection.RemoteIpAddress?.ToString() ?? "", ct) is not { } code)
            return Error("temporarily_unavailable", "Too many programs wait for their person; try again in a minute.", StatusCodes.Status503ServiceUnavailable);
        var (page, shown) = ($"{PublicAddress.Of(policy, context.Request)}/device", UserCode.Shown(code.UserCode));
        return Answer(new { device_code = code.Secret, user_code = shown, verification_uri = page, verification_uri_complete = $"{page}?code={shown}", expires_in = (int)DeviceDesk.Patience.TotalSeconds, interval = DeviceDesk.Interval }, context);
    }

    /// <summary>Asks whether the person has confirmed by now (RFC 8628 §3.4); the answer holds a personal token, once.</summary>
    internal static async Task<IResult> Ask(HttpContext context, DeviceDesk desk, TimeProvider time, CancellationToken ct)
    {
        if (await Form(context.Request, ct) is not { } form || form["device_code"].ToString() is not { Length: > 0 and <= 200 } secret)
            return Error("invalid_request", "Send grant_type and device_code as a form.");
        if (form["grant_type"] != GrantType)
            return Error("unsupported_grant_type", $"This takes {GrantType}; identity tokens of CI go to /oidc/exchange.");
        var (issued, error) = await desk.Ask(secret, ct);
        return issued is null ? Error(error!, null)
            : Answer(new { access_token = issued.Secret, token_type = "Bearer", expires_in = (int)(issued.Token.ExpiresAt - time.GetUtcNow()).TotalSeconds, token_id = issued.Token.Id }, context);
    }

    static async Task<IFormCollection?> Form(HttpRequest request, CancellationToken ct) =>
        request.HasFormContentType && request.ContentLength is <= MostBytes ? await request.ReadFormAsync(ct) : null;

    static IResult Answer(object body, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(body);
    }

    static IResult Error(string code, string? words, int status = StatusCodes.Status400BadRequest) => Results.Json(new { error = code, error_description = words }, statusCode: status);
}
