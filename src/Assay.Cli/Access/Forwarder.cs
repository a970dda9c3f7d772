using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Cli.Access;

/// <summary>
/// A registry on loopback for one command: whoever shows its secret (as bearer token, or as password) is forwarded to the real one with a credential of
/// the CI job, got when needed and renewed. So a client that knows nothing of this trains for hours, and nothing that it holds is of use elsewhere or later.
/// </summary>
internal sealed class Forwarder : IAsyncDisposable
{
    static readonly TimeSpan MostGoodbye = TimeSpan.FromSeconds(5);

    readonly WebApplication app;
    readonly CiLogin login;
    readonly HttpClient registry;
    readonly ExchangedTokens tokens;
    readonly CancellationTokenSource ended = new();
    readonly Task keeping;
    readonly string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    Forwarder(Uri server, CiTokenSource source, string? experiment, IReadOnlyList<string> scopes, Action<string> note, TimeProvider time)
    {
        login = new(server, source, time);
        registry = new(new SocketsHttpHandler { UseProxy = !server.IsLoopback, AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            BaseAddress = server.AbsolutePath.EndsWith('/') ? server : new Uri(server + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        tokens = new ExchangedTokens(login, time);
        keeping = source.Finite ? new KeptCredentials(login, tokens, [.. experiment is null ? [] : (string[])[$"log:{experiment}"], .. scopes], note).Run(time, ended.Token) : Task.CompletedTask;
        var forwarding = new Forwarding(registry, login, tokens, new(registry, tokens, experiment), note);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // Its lifetime is the command's: signals are for that.
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // How large and how slow is between the command and the registry.
            (kestrel.Limits.MaxRequestBodySize, kestrel.Limits.MinRequestBodyDataRate, kestrel.Limits.MinResponseDataRate) = (null, null, null);
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        app = builder.Build();
        app.Run(context => Ours(context.Request) ? forwarding.Forward(context) : Stranger(context));
    }

    /// <summary>What the command is given as its registry.</summary>
    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>What the command is given as its token. Of use at <see cref="Address"/> only, and while the command runs.</summary>
    public string Secret => secret;

    /// <summary>Starts one on a free port. Nothing is asked of the CI or the registry before the first request, but where the CI gives its tokens only once.</summary>
    /// <param name="experiment">The experiment of requests that name none.</param>
    /// <param name="scopes">What to get at the start, where the CI gives its tokens only once.</param>
    /// <param name="note">Is told what went wrong, for people.</param>
    public static async Task<Forwarder> Start(Uri server, CiTokenSource source, string? experiment, IReadOnlyList<string> scopes, Action<string> note, TimeProvider time, CancellationToken ct)
    {
        var forwarder = new Forwarder(server, source, experiment, scopes, note, time);
        await forwarder.app.StartAsync(ct);
        return forwarder;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await ended.CancelAsync();
        await keeping;
        using var soon = new CancellationTokenSource(MostGoodbye);
        await tokens.End(soon.Token);
        ended.Dispose();
        login.Dispose();
        registry.Dispose();
    }

    /// <summary>Other users of the machine reach the port too; only the command knows the secret.</summary>
    bool Ours(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var shown = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..] : header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) ? Password(header["Basic ".Length..]) : "";
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(secret));
    }

    static string Password(string basic)
    {
        var bytes = new byte[basic.Length];
        return Convert.TryFromBase64String(basic, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length) is var pair ? pair[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..] : "";
    }

    static Task Stranger(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"assay run\"";
        return ForwarderAnswer.Write(context, StatusCodes.Status401Unauthorized, "UNAUTHENTICATED", "This address serves one command of assay run, which was given MLFLOW_TRACKING_TOKEN for it.");
    }

    sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
