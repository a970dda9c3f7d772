using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;

namespace Assay.Evaluation.Runners.Endpoints;

/// <summary>An answer over HTTP, whatever its status.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body, at most as long as the limit.</param>
/// <param name="HeadLength">The header <c>Inference-Header-Content-Length</c>: where JSON ends and binary begins.</param>
internal sealed record EndpointAnswer(int Status, byte[] Body, int? HeadLength);

/// <summary>Asks an endpoint over HTTP: no redirects, bounded answers, the authorization on each question, another try only where nothing was answered.</summary>
internal sealed class EndpointHttp : IDisposable
{
    /// <summary>Where binary tensors begin.</summary>
    public const string HeadLength = "Inference-Header-Content-Length";

    /// <summary>What <c>assay serve</c> says with each answer.</summary>
    const string Served = "Assay-Digest";
    readonly EndpointWork work;
    readonly HttpClient http;

    public EndpointHttp(EndpointWork work)
    {
        this.work = work;
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
        if (work.Choice.Authorization is { } authorization)
            http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
    }

    /// <summary>An address below the endpoint's own.</summary>
    public Uri At(string path) => new(work.Url.AbsoluteUri.TrimEnd('/') + "/" + path);

    /// <summary>Asks; an answer of any status is an answer, except a redirect or one of another version.</summary>
    public Task<Result<EndpointAnswer>> Ask(HttpMethod method, string path, Func<HttpContent>? content, CancellationToken ct) =>
        work.Patiently<EndpointAnswer>(async () =>
        {
            try
            {
                using var request = new HttpRequestMessage(method, At(path)) { Content = content?.Invoke() };
                using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
                return (await Read(answer, ct), "");
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                return (null, e.InnerException?.Message ?? e.Message);
            }
        }, ct);

    /// <summary>A status that is none of success, in words; null when it is one.</summary>
    public Refusal? Problem(EndpointAnswer answer, string path) => answer.Status switch
    {
        >= 200 and < 300 => null,
        401 or 403 => EndpointRefusals.Unauthorized(At(path), Said(answer.Body)),
        404 or 405 => EndpointRefusals.NotFound(At(path), Said(answer.Body)),
        >= 400 and < 500 => EndpointRefusals.Refused(answer.Status, Said(answer.Body)),
        _ => EndpointRefusals.Failed($"status {answer.Status}", Said(answer.Body)),
    };

    /// <summary>JSON, or null when it is none.</summary>
    public static JsonNode? Json(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    async Task<Result<EndpointAnswer>> Read(HttpResponseMessage answer, CancellationToken ct)
    {
        if (answer.StatusCode is >= HttpStatusCode.Moved and < HttpStatusCode.BadRequest)
            return EndpointRefusals.Redirected(answer.RequestMessage!.RequestUri!);
        if (work.Check(One(answer, Served)) is { } other)
            return other;
        var most = work.Limits.Answer;
        if (answer.Content.Headers.ContentLength > most)
            return EndpointRefusals.TooLong(most);
        await using var from = await answer.Content.ReadAsStreamAsync(ct);
        using var body = new MemoryStream((int)(answer.Content.Headers.ContentLength ?? 0));
        var piece = new byte[1 << 16];
        while (await from.ReadAsync(piece, ct) is > 0 and var read)
        {
            if (body.Length + read > most)
                return EndpointRefusals.TooLong(most);
            body.Write(piece, 0, read);
        }
        return new EndpointAnswer((int)answer.StatusCode, body.ToArray(), int.TryParse(One(answer, HeadLength), out var head) ? head : null);
    }

    static string? One(HttpResponseMessage answer, string header) => answer.Headers.TryGetValues(header, out var values) ? values.First() : null;

    /// <summary>MLflow says <c>error_code</c> and <c>message</c>, v2 says <c>error</c>; anything else is given as it is.</summary>
    static string Said(byte[] body) => Json(body) is JsonObject map && (map["message"] ?? map["error"]) is { } said
        ? string.Join(": ", new[] { map["error_code"]?.ToString(), said.ToString() }.OfType<string>()) : Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 1000)));
}
