using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Assay.Cli.Access;

/// <summary>One request of the command to the registry and its answer back: bodies stream both ways, nothing but the credential is changed.</summary>
internal sealed class Forwarding(HttpClient registry, CiLogin login, ExchangedTokens tokens, ForwarderScopes scopes, Action<string> note)
{
    /// <summary>JSON up to this many bytes is read before it goes on, to see what it touches; files never are.</summary>
    const int MostRead = 32 << 20;

    /// <summary>Headers of one connection, and those that are ours to set.</summary>
    static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
        { "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Host", "Authorization", "Expect" };

    public async Task Forward(HttpContext context)
    {
        var request = context.Request;
        var held = await Held(request);
        var need = ForwarderNeed.Of(request.Method, request.Path.Value ?? "/", name => request.Query[name] is [{ } only] ? only : null, Object(held));
        try
        {
            var token = await login.Wanted(context.RequestAborted) ? await scopes.For(need, context.RequestAborted) : null;
            using var answer = await Send(request, held, token, context.RequestAborted);
            if (answer.StatusCode is not HttpStatusCode.Unauthorized || token is null)
            {
                await Back(answer, context);
                return;
            }
            // Its rule was changed, or it ended on the way. What was read can be sent again with another; a stream cannot, but its client can.
            tokens.Drop(token);
            if (held is null)
            {
                await ForwarderAnswer.Write(context, StatusCodes.Status503ServiceUnavailable, "TEMPORARILY_UNAVAILABLE", "The credential ended while the request was on its way: send it again.");
                return;
            }
            using var second = await Send(request, held, await scopes.For(need, context.RequestAborted), context.RequestAborted);
            await Back(second, context);
        }
        catch (ExchangeException e)
        {
            note($"assay run: {ForwarderAnswer.Words(e.Refusal)}");
            await ForwarderAnswer.Write(context, e);
        }
        catch (HttpRequestException e) when (!context.Response.HasStarted)
        {
            await ForwarderAnswer.Write(context, StatusCodes.Status503ServiceUnavailable, "TEMPORARILY_UNAVAILABLE", $"The registry at {registry.BaseAddress} cannot be asked: {e.Message}");
        }
    }

    /// <summary>The whole body where it is none or small JSON; null where it streams.</summary>
    static async Task<byte[]?> Held(HttpRequest request)
    {
        if (request.ContentLength is null or 0 && !request.Headers.ContainsKey("Transfer-Encoding"))
            return [];
        if (request.ContentLength > MostRead || request.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) != true || request.Path.Value!.Contains("/mlflow-artifacts/artifacts/", StringComparison.Ordinal))
            return null;
        using var kept = new MemoryStream();
        var buffer = new byte[32 << 10];
        for (int n; (n = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0;)
        {
            if (kept.Length + n > MostRead)
                throw new BadHttpRequestException($"JSON of more than {MostRead} bytes says its length", StatusCodes.Status413PayloadTooLarge);
            kept.Write(buffer, 0, n);
        }
        return kept.ToArray();
    }

    static JsonObject? Object(byte[]? body)
    {
        try
        {
            return body is { Length: > 0 } ? JsonNode.Parse(body) as JsonObject : null;
        }
        catch (JsonException)
        {
            // The registry says what is wrong with it.
            return null;
        }
    }

    async Task<HttpResponseMessage> Send(HttpRequest request, byte[]? held, ExchangedToken? token, CancellationToken ct)
    {
        var onward = new HttpRequestMessage(new(request.Method), new Uri(registry.BaseAddress!, "." + Raw(request)));
        if (held is null || held.Length > 0)
            onward.Content = held is null ? new StreamContent(request.Body) : new ByteArrayContent(held);
        foreach (var (name, values) in request.Headers)
            if (!Own.Contains(name) && !onward.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                onward.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        if (token is not null)
            onward.Headers.Authorization = new("Bearer", token.Secret);
        return await registry.SendAsync(onward, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    /// <summary>The address as it came, escapes and all: artifact paths must not be read twice.</summary>
    static string Raw(HttpRequest request) => request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;

    static async Task Back(HttpResponseMessage answer, HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (!Own.Contains(name))
                response.Headers[name] = values.ToArray();
        if (response.StatusCode is not (204 or 304) && !HttpMethods.IsHead(context.Request.Method))
            await answer.Content.CopyToAsync(response.Body, context.RequestAborted);
    }
}
