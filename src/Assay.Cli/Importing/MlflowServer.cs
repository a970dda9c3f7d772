using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Client;
using Assay.Client.Api;

namespace Assay.Cli.Importing;

/// <summary>
/// Any server that speaks MLflow's protocol: JSON calls with answers as they come, and bodies that stream. What may pass later is tried again;
/// every no is a <see cref="MlflowException"/>.
/// </summary>
internal sealed class MlflowServer : IDisposable
{
    const int Retries = 5;
    readonly HttpClient http;
    readonly Retrying retrying;

    /// <param name="address">Its address.</param>
    /// <param name="credentials">What is sent as Authorization; never shown.</param>
    /// <param name="actor">In Assay's local mode, the name to act under.</param>
    /// <param name="time">The clock of retries.</param>
    public MlflowServer(Uri address, AuthenticationHeaderValue? credentials, string? actor, TimeProvider time)
    {
        Address = address.AbsolutePath.EndsWith('/') ? address : new UriBuilder(address) { Path = address.AbsolutePath + "/" }.Uri;
        http = new(new SocketsHttpHandler { UseProxy = !address.IsLoopback, AutomaticDecompression = DecompressionMethods.All, ConnectTimeout = TimeSpan.FromSeconds(10) }) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = credentials;
        if (actor is not null)
            http.DefaultRequestHeaders.Add("X-Assay-As", actor);
        retrying = new(Retries, TimeSpan.FromMilliseconds(250), time);
    }

    /// <summary>Where it is, without user or password.</summary>
    public Uri Address { get; }

    /// <summary>Asks for JSON; <paramref name="route"/> is below <c>api/2.0/mlflow/</c>, with its query.</summary>
    public Task<JsonNode> Get(string route, CancellationToken ct) => Json(HttpMethod.Get, "api/2.0/mlflow/" + route, null, ct);

    /// <summary>Posts JSON.</summary>
    public Task<JsonNode> Post(string route, JsonObject body, CancellationToken ct)
    {
        var text = body.ToJsonString();
        return Json(HttpMethod.Post, "api/2.0/mlflow/" + route, () => new StringContent(text, Encoding.UTF8, "application/json"), ct);
    }

    /// <summary>Uploads a file below the artifact root; the content is opened anew for each attempt.</summary>
    public async Task Put(string path, Func<Task<Stream>> open, CancellationToken ct)
    {
        var route = "api/2.0/mlflow-artifacts/artifacts/" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        using var answer = await Send(HttpMethod.Put, route, async () => new StreamContent(await open(), 1 << 17) { Headers = { ContentType = new("application/octet-stream") } }, ct);
        await Checked(answer, $"PUT {route}", ct);
    }

    /// <summary>One level of the artifact root, with base names.</summary>
    public Task<JsonNode> Listing(string folder, CancellationToken ct) => Json(HttpMethod.Get, "api/2.0/mlflow-artifacts/artifacts".With(("path", folder)), null, ct);

    /// <summary>Opens a body that may be large; the caller disposes it.</summary>
    public async Task<Stream> Open(string path, CancellationToken ct)
    {
        var answer = await Send(HttpMethod.Get, path, () => Task.FromResult<HttpContent?>(null), ct);
        await Checked(answer, $"GET {path}", ct);
        return await answer.Content.ReadAsStreamAsync(ct);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    async Task<JsonNode> Json(HttpMethod method, string path, Func<HttpContent>? content, CancellationToken ct)
    {
        using var answer = await Send(method, path, () => Task.FromResult(content?.Invoke()), ct);
        await Checked(answer, $"{method} {path}", ct);
        try
        {
            return await JsonNode.ParseAsync(await answer.Content.ReadAsStreamAsync(ct), cancellationToken: ct) ?? new JsonObject();
        }
        catch (JsonException e)
        {
            throw new MlflowException("INTERNAL_ERROR", $"{method} {path}: the answer is no JSON. Is {Address} an MLflow server?", answer.StatusCode, inner: e);
        }
    }

    async Task<HttpResponseMessage> Send(HttpMethod method, string path, Func<Task<HttpContent?>> content, CancellationToken ct)
    {
        try
        {
            return await retrying.SendAsync(async attempt =>
            {
                using var request = new HttpRequestMessage(method, new Uri(Address, path)) { Content = await content() };
                return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, attempt);
            }, ct);
        }
        catch (HttpRequestException e)
        {
            throw new MlflowException("TEMPORARILY_UNAVAILABLE", $"No answer from {Address} ({e.Message}).", inner: e);
        }
    }

    static async Task Checked(HttpResponseMessage answer, string call, CancellationToken ct)
    {
        if (answer.StatusCode is HttpStatusCode.OK)
            return;
        using (answer)
            throw ErrorBody.Read(answer.StatusCode, call, await answer.Content.ReadAsByteArrayAsync(ct));
    }
}
