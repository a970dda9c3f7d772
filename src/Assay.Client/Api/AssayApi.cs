using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Client.Api;

/// <summary>
/// Assay's own API (interfaces §6) over HTTP. Answers are JSON as they come, so that a program sees every field of a newer registry too.
/// A no is an <see cref="ApiRefusalException"/>, no answer an <see cref="ApiUnreachableException"/>.
/// </summary>
public sealed class AssayApi : IDisposable
{
    const string Root = "api/assay/v1/";
    readonly HttpClient http;

    /// <summary>A client for one registry.</summary>
    /// <param name="server">Its address, http or https.</param>
    /// <param name="token">A bearer token, or null in local mode.</param>
    /// <param name="actor">In local mode, the name (and roles) to act under: <c>NAME[:ROLE]</c>.</param>
    public AssayApi(Uri server, string? token = null, string? actor = null)
    {
        Server = server.AbsolutePath.EndsWith('/') ? server : new Uri(server + "/");
        // A proxy of the environment must not come between a program and a registry on its own machine: local mode refuses proxies.
        http = new(new SocketsHttpHandler { UseProxy = !server.IsLoopback, ConnectTimeout = TimeSpan.FromSeconds(10) }) { BaseAddress = Server, Timeout = Timeout.InfiniteTimeSpan };
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        if (actor is not null)
            http.DefaultRequestHeaders.Add("X-Assay-As", actor);
    }

    /// <summary>The registry's address.</summary>
    public Uri Server { get; }

    /// <summary>Gives the bearer token of each request, for credentials that end and are renewed; null: none for this one.</summary>
    public Func<CancellationToken, Task<string?>>? Credential { get; init; }

    /// <summary>Asks for JSON. <paramref name="path"/> is relative to <c>/api/assay/v1/</c>, its parts escaped (<see cref="ApiPath"/>).</summary>
    public Task<JsonNode> Get(string path, CancellationToken ct) => Json(HttpMethod.Get, path, null, ct);

    /// <summary>Posts JSON.</summary>
    public Task<JsonNode> Post(string path, JsonNode? body, CancellationToken ct) => Json(HttpMethod.Post, path, Content(body, "application/json"), ct);

    /// <summary>Posts JSON of another media type, such as a DSSE envelope.</summary>
    public Task<JsonNode> Post(string path, JsonNode body, string mediaType, CancellationToken ct) => Json(HttpMethod.Post, path, Content(body, mediaType), ct);

    /// <summary>Puts JSON.</summary>
    public Task<JsonNode> Put(string path, JsonNode body, CancellationToken ct) => Json(HttpMethod.Put, path, Content(body, "application/json"), ct);

    /// <summary>Puts a YAML document.</summary>
    public Task<JsonNode> PutYaml(string path, string yaml, CancellationToken ct) =>
        Json(HttpMethod.Put, path, new StringContent(yaml, Encoding.UTF8, "text/yaml"), ct);

    /// <summary>Posts a YAML document.</summary>
    public Task<JsonNode> PostYaml(string path, string yaml, CancellationToken ct) =>
        Json(HttpMethod.Post, path, new StringContent(yaml, Encoding.UTF8, "text/yaml"), ct);

    /// <summary>Takes something back.</summary>
    public Task<JsonNode> Delete(string path, CancellationToken ct) => Json(HttpMethod.Delete, path, null, ct);

    /// <summary>Asks for text.</summary>
    public async Task<string> GetText(string path, CancellationToken ct) => Encoding.UTF8.GetString(await Bytes(HttpMethod.Get, path, null, ct));

    /// <summary>Opens a body that may be large; dispose the answer.</summary>
    public async Task<HttpResponseMessage> Open(string path, CancellationToken ct)
    {
        var answer = await Send(HttpMethod.Get, path, null, ct);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw ProblemBody.Read(answer.StatusCode, $"GET {path}", await answer.Content.ReadAsByteArrayAsync(ct));
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    static StringContent? Content(JsonNode? body, string mediaType) =>
        body is null ? null : new(body.ToJsonString(), Encoding.UTF8, MediaTypeHeaderValue.Parse(mediaType));

    async Task<JsonNode> Json(HttpMethod method, string path, HttpContent? content, CancellationToken ct)
    {
        var bytes = await Bytes(method, path, content, ct);
        try
        {
            return bytes.Length == 0 ? new JsonObject() : JsonNode.Parse(bytes) ?? new JsonObject();
        }
        catch (JsonException e)
        {
            throw new ApiUnreachableException($"{method} {Server}{Root}{path} did not answer with JSON: {Server} is no Assay server of this version. Give its address with --server URL.", e);
        }
    }

    async Task<byte[]> Bytes(HttpMethod method, string path, HttpContent? content, CancellationToken ct)
    {
        using var answer = await Send(method, path, content, ct);
        var bytes = await answer.Content.ReadAsByteArrayAsync(ct);
        return answer.IsSuccessStatusCode ? bytes : throw ProblemBody.Read(answer.StatusCode, $"{method} {path}", bytes);
    }

    async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, Root + path) { Content = content };
        if (Credential is { } next && await next(ct) is { } secret)
            request.Headers.Authorization = new("Bearer", secret);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException)
        {
            throw new ApiUnreachableException($"No server answers at {Server} ({e.InnerException.Message}). Start one with `assay server`, or give another address with --server URL.", e);
        }
        catch (HttpRequestException e)
        {
            throw new ApiUnreachableException($"{Server} cannot be asked: {e.Message}. Give another address with --server URL.", e);
        }
    }
}
