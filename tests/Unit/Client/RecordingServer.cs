using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.Unit.Client;

/// <summary>One request as it came over the wire.</summary>
public sealed record Recorded(string Method, string Target, string? Authorization, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
    public JsonNode Json => JsonNode.Parse(Body)!;
}

/// <summary>Keeps every request and answers as an MLflow server would: what a client sends is what is under test here.</summary>
public sealed class RecordingServer : IAsyncDisposable
{
    public const string RunId = "0123456789abcdef0123456789abcdef";
    readonly WebApplication app;
    readonly ConcurrentQueue<Recorded> requests = new();
    readonly ConcurrentDictionary<string, ConcurrentQueue<(int Status, string Body)>> scripted = new();

    RecordingServer(WebApplication app) => this.app = app;

    public string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Where new runs keep their artifacts.</summary>
    public string ArtifactUri { get; set; } = $"mlflow-artifacts:/1/{RunId}/artifacts";

    public static async Task<RecordingServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new RecordingServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>The next answer on a route, before the usual ones.</summary>
    public RecordingServer Next(string route, int status, string body)
    {
        scripted.GetOrAdd(route, _ => new()).Enqueue((status, body));
        return this;
    }

    /// <summary>All requests whose target ends so, in order.</summary>
    public Recorded[] To(string route) => [.. requests.Where(request => request.Target.EndsWith(route, StringComparison.Ordinal))];

    public Recorded[] All => [.. requests];

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var raw = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        requests.Enqueue(new(http.Request.Method, raw, http.Request.Headers.Authorization, body.ToArray()));
        var (status, text) = Answer(raw);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(text);
    }

    (int Status, string Body) Answer(string target)
    {
        var script = scripted.FirstOrDefault(entry => target.Contains(entry.Key, StringComparison.Ordinal) && !entry.Value.IsEmpty).Value;
        if (script is not null && script.TryDequeue(out var next))
            return next;
        return (200, target switch
        {
            _ when target.Contains("experiments/get-by-name", StringComparison.Ordinal) =>
                """{"experiment":{"experiment_id":"1","name":"credit","artifact_location":"mlflow-artifacts:/1","lifecycle_stage":"active"}}""",
            _ when target.EndsWith("experiments/create", StringComparison.Ordinal) => """{"experiment_id":"1"}""",
            _ when target.EndsWith("runs/create", StringComparison.Ordinal) =>
                $$"""{"run":{"info":{"run_id":"{{RunId}}","experiment_id":"1","run_name":"swift-fox-1","artifact_uri":"{{ArtifactUri}}"} } }""",
            _ => "{}",
        });
    }
}
