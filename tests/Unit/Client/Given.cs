using Assay.Client;

namespace Assay.Tests.Unit.Client;

/// <summary>A client that sends only when asked, retries at once and sees no environment of the machine that runs the tests.</summary>
static class Given
{
    public static AssayClientOptions Options(RecordingServer server, Dictionary<string, string>? variables = null) => new()
    {
        Server = server.Url,
        FirstRetryDelay = TimeSpan.FromMilliseconds(1),
        FlushInterval = TimeSpan.FromHours(1),
        Retries = 3,
        Variable = name => variables?.GetValueOrDefault(name),
        Warn = _ => { },
    };

    public static RunOptions Bare => new() { CaptureContext = false, CaptureEnvironment = false };

    public static Task<Run> ARun(RecordingServer server, RunOptions? options = null) =>
        new AssayClient(Options(server)).StartRunAsync("credit", options ?? Bare);
}
