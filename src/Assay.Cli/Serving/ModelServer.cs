using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Cli.Serving.Inference;
using Assay.Contracts;
using Assay.Evaluation.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Cli.Serving;

/// <summary>
/// Serves one pulled model over MLflow's scoring protocol and the Open Inference Protocol, and says which digest it serves (interfaces §9). The files are hashed before the model is
/// loaded and again whenever somebody asks for the digest. The model runs in this process: it was measured and approved before it came here.
/// </summary>
internal sealed class ModelServer : IAsyncDisposable
{
    readonly WebApplication app;
    readonly OnnxModel model;

    ModelServer(WebApplication app, OnnxModel model, PulledFolder folder) => (this.app, this.model, Folder) = (app, model, folder);

    /// <summary>What is served.</summary>
    public PulledFolder Folder { get; }

    /// <summary>Where it listens.</summary>
    public string Address => Addresses.First();

    /// <summary>Where it answers gRPC; null when it does not.</summary>
    public string? GrpcAddress => Addresses.Skip(1).FirstOrDefault();

    ICollection<string> Addresses => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

    /// <summary>Checks the files, loads the model, listens. Altered files are a refusal: what is not what was approved is not served.</summary>
    public static async Task<Result<ModelServer>> Start(ServeOptions options, TimeProvider clock, CancellationToken ct)
    {
        var folder = await PulledFolder.Open(options.Folder, ct);
        if (!folder.Ok)
            return folder.Refusal!;
        if (options.Model is { } wanted && wanted != folder.Value.Model)
            return ServingRefusals.OtherModel(wanted, folder.Value.Model);
        if (await folder.Value.Altered(ct) is { Count: > 0 } altered)
            return ServingRefusals.Altered(folder.Value, altered);
        var files = ModelFolder.Open(folder.Value.ModelFolder);
        var model = files.Ok ? OnnxModel.Load(files.Value.OnnxFile, files.Value.Path) : files.Refusal!;
        if (!model.Ok)
            return model.Refusal!;
        var app = Build(options, folder.Value, new(model.Value, folder.Value), new Invocations(model.Value, files.Value.Signature), clock);
        try
        {
            await app.StartAsync(ct);
            return new ModelServer(app, model.Value, folder.Value);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or FormatException or InvalidOperationException)
        {
            await app.DisposeAsync();
            model.Value.Dispose();
            return ServingRefusals.NotListening(options.Listen, e.Message);
        }
    }

    /// <summary>Serves until cancelled.</summary>
    public Task Wait(CancellationToken ct) => app.WaitForShutdownAsync(ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        model.Dispose();
    }

    static WebApplication Build(ServeOptions options, PulledFolder folder, ServedInference served, Invocations invocations, TimeProvider clock)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        string[] urls = options.Grpc is { } grpc ? [options.Listen, grpc] : [options.Listen];
        builder.WebHost.UseKestrelCore().UseUrls(urls).ConfigureKestrel((KestrelServerOptions kestrel) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MostBody;
            // Without TLS nothing negotiates the version of HTTP: the first address speaks 1.1, the second only 2.
            var listened = 0;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = listened++ == 0 ? HttpProtocols.Http1 : HttpProtocols.Http2);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(served);
        if (options.Grpc is not null)
            builder.Services.AddGrpc(rpc => rpc.MaxReceiveMessageSize = (int)Math.Min(options.MostBody, int.MaxValue));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        var witness = new FileWitness(folder, clock);
        app.Use(next => http =>
        {
            http.Response.Headers["Assay-Digest"] = folder.Digest.ToString(); // each answer says which version gave it
            return next(http);
        });
        app.UseRouting();
        app.MapInference(served);
        if (options.Grpc is not null)
            app.MapGrpcService<InferenceService>();
        app.MapGet("/ping", () => Results.Text("\n", "application/json"));
        app.MapGet("/health", () => Results.Text("OK", "text/plain"));
        app.MapGet("/version", () => Results.Text(typeof(ModelServer).Assembly.GetName().Version!.ToString(3), "text/plain"));
        app.MapGet("/assay/digest", async (CancellationToken ct) => Json(await witness.Answer(ct)));
        app.MapPost("/invocations", (HttpContext http, CancellationToken ct) => Answer(http, invocations, ct));
        return app;
    }

    static async Task<IResult> Answer(HttpContext http, Invocations invocations, CancellationToken ct)
    {
        if (!http.Request.HasJsonContentType())
            return Refused(ServingRefusals.BadType(http.Request.ContentType), StatusCodes.Status415UnsupportedMediaType);
        JsonNode? body;
        try
        {
            body = await JsonNode.ParseAsync(http.Request.Body, documentOptions: new() { MaxDepth = 32 }, cancellationToken: ct);
        }
        catch (JsonException e)
        {
            return Refused(ServingRefusals.BadBody($"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}"), StatusCodes.Status400BadRequest);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException e)
        {
            return Refused(ServingRefusals.BadBody(e.Message), e.StatusCode);
        }
        var predictions = await invocations.Answer(body);
        return predictions.Ok ? Json(new JsonObject { ["predictions"] = predictions.Value })
            : Refused(predictions.Refusal!, predictions.Refusal!.Code.StartsWith("input-", StringComparison.Ordinal) ? StatusCodes.Status400BadRequest : StatusCodes.Status500InternalServerError);
    }

    static IResult Json(JsonNode body, int status = 200) => Results.Text(body.ToJsonString(), "application/json", statusCode: status);

    /// <summary>MLflow's scoring server answers errors in this form.</summary>
    static IResult Refused(Refusal refusal, int status) => Json(new JsonObject
    {
        ["error_code"] = status < 500 ? "BAD_REQUEST" : "INTERNAL_ERROR",
        ["message"] = $"{refusal.Message} {refusal.Mend}".TrimEnd(),
        ["field"] = refusal.Field,
    }, status);
}
