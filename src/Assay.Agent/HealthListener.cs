using System.Net;
using System.Text;

namespace Assay.Agent;

/// <summary>Answers <c>/livez</c>, and <c>/readyz</c> with 503 while the registry was not told anything for three heartbeats.</summary>
public sealed class HealthListener : IDisposable
{
    readonly HttpListener listener = new();
    readonly Func<DateTimeOffset?> lastTold;
    readonly TimeSpan patience;
    readonly TimeProvider time;

    /// <summary>Listens; throws <see cref="HttpListenerException"/> when the address is taken.</summary>
    public HealthListener(Uri address, Func<DateTimeOffset?> lastTold, TimeSpan heartbeat, TimeProvider time)
    {
        (this.lastTold, patience, this.time) = (lastTold, 3 * heartbeat, time);
        listener.Prefixes.Add(address.ToString());
        listener.Start();
    }

    /// <summary>Answers until cancelled.</summary>
    public async Task Run(CancellationToken ct)
    {
        using var stop = ct.Register(listener.Stop);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await Answer(await listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
            {
                // Stopped, or a caller that left: the next one is answered.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Close();

    async Task Answer(HttpListenerContext context)
    {
        var ready = lastTold() is { } told && time.GetUtcNow() - told < patience;
        var (status, text) = context.Request.Url?.AbsolutePath switch
        {
            "/livez" => (200, "alive"),
            "/readyz" => ready ? (200, "ready") : (503, "the registry was not told anything for three heartbeats"),
            _ => (404, "GET /livez or /readyz"),
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text + "\n"));
        context.Response.Close();
    }
}
