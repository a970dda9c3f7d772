using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Contracts.Wire;
using Assay.Server.Artifacts;
using Assay.Server.Http;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace Assay.Server;

/// <summary>A started server: one process's share of a registry.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    readonly WebApplication app;
    readonly Store store;
    readonly KeyRing keys;
    readonly FileStream folder;

    RunningServer(WebApplication app, Store store, KeyRing keys, FileStream folder, ServerOptions options)
    {
        (this.app, this.store, this.keys, this.folder) = (app, store, keys, folder);
        Uses = [$"database   {store.Description}", $"artifacts  {app.Services.GetRequiredService<IContentStore>().Description}", $"capture    {options.Capture.ToString().ToLowerInvariant()}",
            $"identity   {(app.Services.GetRequiredService<Access.Policy.AccessBook>().Current is { } policy ? $"access policy {policy.Name} ({policy.Digest.Short})" : "local mode: one unverified principal, loopback only")}",
            .. app.Services.GetRequiredService<Access.People.FirstAdmin>().WaitsAt is { } first ? (string[])[$"first administrator: one-time token in {first} (one hour); assay login --first-admin FILE --name NAME"] : []];
    }

    /// <summary>Where it listens, with the ports that were really taken.</summary>
    public IReadOnlyList<string> Addresses => [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    /// <summary>What it uses, a line each, for people.</summary>
    public IReadOnlyList<string> Uses { get; }

    /// <summary>The services, for tests that look inside.</summary>
    internal IServiceProvider Services => app.Services;

    /// <summary>Starts a server. Throws <see cref="StartRefusedException"/> with a sentence that says what to do.</summary>
    public static async Task<RunningServer> Start(ServerOptions options, TimeProvider time, LogLevel log, CancellationToken ct)
    {
        options = options with { Data = Path.GetFullPath(options.Data) };
        ServerStart.Check(options);
        var folder = ServerStart.TakeFolder(options.Data);
        Store? store = null;
        KeyRing? keys = null;
        WebApplication? app = null;
        try
        {
            // Neither needs the other, and each is a good part of a start.
            var opening = Task.Run(async () =>
            {
                store = options.Database is { } database ? new PostgresStore(database, time) : new SqliteStore(Path.Combine(options.Data, "assay.db"), time);
                await store.Migrate(new(App.Rooms), ct);
                keys = await RegistryKey.Agree(options.Data, store, LedgerKey.Fits, time, ct);
                if (options.RotateKey)
                    keys = await RegistryKey.Rotate(keys, options.Data, store, new LedgerWriter(time, new(), new()).KeyRotated, time, ct);
            }, ct);
            WebApplicationBuilder builder;
            try
            {
                builder = Prepare(options, time, log);
            }
            finally
            {
                await opening;
            }
            builder.Services.AddSingleton(store!).AddSingleton(keys!);
            app = builder.Build();
            var contents = app.Services.GetRequiredService<IContentStore>();
            await contents.Prepare(ct);
            await StoreMark.Check(contents, store!, time, ct);
            App.Use(app);
            await AccessStart.Load(app.Services, options, ct);
            await app.StartAsync(ct);
            return new(app, store!, keys!, folder, options);
        }
        catch (Exception e)
        {
            if (app is not null)
                await app.DisposeAsync();
            if (store is not null)
                await store.DisposeAsync();
            keys?.Dispose();
            await folder.DisposeAsync();
            throw e is IOException or UnauthorizedAccessException ? new StartRefusedException(StartRefusals.Of(e, options), e) : e;
        }
    }

    static WebApplicationBuilder Prepare(ServerOptions options, TimeProvider time, LogLevel log)
    {
        // Empty: a web application's own settings files would be looked for in the folder that the server was started in, and that folder watched with all
        // below it, the data folder and every write to the database included.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRouting();
        builder.Logging.SetMinimumLevel(log).AddSimpleConsole(o => (o.SingleLine, o.UseUtcTimestamp, o.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ss.fffZ "));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(10));
        // An unreadable body or query goes to RequestErrors, which says where: without this it would be an empty 400.
        builder.Services.Configure<Microsoft.AspNetCore.Routing.RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.Configure<JsonOptions>(o => Wire(o.SerializerOptions));
        builder.Services.AddOpenApi("v1", ApiDocument.Describe);
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddMeter("System.Runtime", "Npgsql").AddPrometheusExporter());
        builder.Services.ConfigureOpenTelemetryMeterProvider((services, metrics) => OwnMeters.Only(metrics, services.GetRequiredService<IMeterFactory>()));
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services
            .AddSingleton<Microsoft.AspNetCore.Connections.IMemoryPoolFactory<byte>, TransferBlocks>()
            .AddSingleton<Mlflow.LargeGarbage>().AddSingleton<Mlflow.LargeBodies>()
            .AddSingleton(options).AddSingleton(time)
            .AddSingleton(new DoorRules(options.Hosts))
            .AddSingleton(new CheckpointFolder(options.Data, time))
            .AddRooms();
        return builder;
    }

    /// <summary>How our JSON is written: snake_case, enums as words, nothing for null.</summary>
    internal static void Wire(JsonSerializerOptions json)
    {
        json.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        json.Converters.Add(new SoundText());
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
    }

    static void Listen(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = WireLimits.Body.Most;
        kestrel.Limits.MaxRequestLineSize = (int)WireLimits.RequestLine.Most;
        foreach (var uri in options.Listen.Select(a => new Uri(a)))
        {
            void Https(ListenOptions listen)
            {
                if (uri.Scheme == "https")
                    listen.UseHttps(X509Certificate2.CreateFromPemFile(options.TlsCert!, options.TlsKey));
            }
            // Port 0 cannot be asked of both loopback families at once.
            if (uri.Host == "localhost" && uri.Port != 0)
                kestrel.ListenLocalhost(uri.Port, Https);
            else
                kestrel.Listen(uri.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(uri.Host.Trim('[', ']')), uri.Port, Https);
        }
    }

    /// <summary>Runs until asked to stop (SIGTERM, Ctrl-C).</summary>
    public Task Wait(CancellationToken ct) => app.WaitForShutdownAsync(ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await store.DisposeAsync();
        keys.Dispose();
        await folder.DisposeAsync();
    }
}
