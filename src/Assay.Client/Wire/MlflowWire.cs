using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Assay.Client;

/// <summary>MLflow's REST wire: JSON calls and uploads, tried again where MLflow's own client would; every no is a <see cref="MlflowException"/>.</summary>
sealed class MlflowWire(HttpClient http, Uri server, AuthenticationHeaderValue? credentials, Retrying retrying, TimeSpan timeout)
{
    const string Api = "api/2.0/mlflow/";
    const string Artifacts = "api/2.0/mlflow-artifacts/artifacts/";
    static readonly ProductInfoHeaderValue Agent = new("assay-dotnet-client", typeof(MlflowWire).Assembly.GetName().Version?.ToString(3) ?? "0");

    public Uri Server => server;

    public Task<JsonElement> GetAsync(string route, string key, string value, CancellationToken ct) =>
        CallAsync(HttpMethod.Get, $"{Api}{route}?{key}={Uri.EscapeDataString(value)}", null, timeout, ct);

    public Task<JsonElement> PostAsync(string route, Action<Utf8JsonWriter> fields, CancellationToken ct)
    {
        var body = Json(fields);
        // What makes a new thing is given a key, so that a retry makes no second one; what is only set is the same when it is set again.
        var key = route.EndsWith("/create", StringComparison.Ordinal) || route == "logged-models" ? Guid.NewGuid().ToString() : null;
        return CallAsync(HttpMethod.Post, Api + route, () => Content(body, "application/json"), timeout, ct, key);
    }

    /// <summary>Uploads one file under the server's artifact root. The content is made anew for each attempt.</summary>
    /// <param name="path">Relative to the artifact root, unescaped, with forward slashes.</param>
    public Task PutArtifactAsync(string path, Func<HttpContent> content, CancellationToken ct) =>
        CallAsync(HttpMethod.Put, Artifacts + string.Join('/', path.Split('/').Select(Uri.EscapeDataString)), content, Timeout.InfiniteTimeSpan, ct);

    public static HttpContent Content(ReadOnlyMemory<byte> bytes, string mediaType) =>
        new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = new(mediaType) } };

    static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        fields(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    async Task<JsonElement> CallAsync(HttpMethod method, string path, Func<HttpContent>? content, TimeSpan limit, CancellationToken ct, string? key = null)
    {
        var call = $"{method} {path}";
        try
        {
            using var answer = await retrying.SendAsync(attempt => SendOnceAsync(method, path, content, limit, key, attempt), ct).ConfigureAwait(false);
            var body = await answer.Content.ReadAsByteArrayAsync(ct).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
                throw ErrorBody.Read(answer.StatusCode, call, body);
            return body.Length == 0 ? default : JsonElement.Parse(body);
        }
        catch (JsonException error)
        {
            throw new MlflowException("INTERNAL_ERROR", $"{call}: the answer is no JSON. Is {server} an MLflow or Assay server?", System.Net.HttpStatusCode.OK, inner: error);
        }
        catch (Exception error) when (Retrying.NoAnswer(error, ct))
        {
            var why = error is HttpRequestException ? error.Message : $"nothing came within {limit.TotalSeconds:0} s";
            throw new MlflowException("TEMPORARILY_UNAVAILABLE",
                $"No answer from {server} ({why}). Is the server running there? The address comes from the argument, ASSAY_URL or MLFLOW_TRACKING_URI.", inner: error);
        }
    }

    async Task<HttpResponseMessage> SendOnceAsync(HttpMethod method, string path, Func<HttpContent>? content, TimeSpan limit, string? key, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, new Uri(server, path)) { Content = content?.Invoke() };
        request.Headers.Authorization = credentials;
        request.Headers.UserAgent.Add(Agent);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(limit);
        return await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, limited.Token).ConfigureAwait(false);
    }
}
