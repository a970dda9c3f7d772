using System.Diagnostics;
using Assay.Tests.Builders;

namespace Assay.Tests.Faults;

/// <summary>The real program in a process of its own, so that it can be killed.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    readonly Process process;
    readonly List<string> errors = [];

    ServerProcess(Process process) => this.process = process;

    public string Url { get; private set; } = "";

    /// <summary>What it wrote to standard error, a line each.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (errors)
                return [.. errors];
        }
    }

    /// <summary>The process.</summary>
    public int Id => process.Id;

    public HttpClient Http { get; private set; } = null!;

    public Given Given { get; private set; } = null!;

    /// <summary>The program as it was built with these tests.</summary>
    static string Program => Path.Combine(AppContext.BaseDirectory, "assay.dll");

    /// <summary>Starts it and waits for its ready line.</summary>
    public static Task<ServerProcess> Start(string data, string? database, params string[] wrapper) =>
        Start([.. wrapper, "dotnet", Program, "server", "--listen", "http://127.0.0.1:0", "--data", data, .. database is null ? (string[])[] : ["--database", database]]);

    /// <summary>The same with these flags and this environment.</summary>
    public static Task<ServerProcess> Start(string[] flags, IReadOnlyDictionary<string, string> environment) => Start(["dotnet", Program, "server", .. flags], environment.ToArray());

    static async Task<ServerProcess> Start(string[] command, params KeyValuePair<string, string>[] environment)
    {
        var info = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        var server = new ServerProcess(Process.Start(info)!);
        server.process.ErrorDataReceived += (_, line) =>
        {
            lock (server.errors)
                server.errors.Add(line.Data ?? "");
        };
        server.process.BeginErrorReadLine();
        var ready = await server.process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        if (ready?.StartsWith("Assay is listening on ", StringComparison.Ordinal) != true)
            throw new InvalidOperationException($"the server did not start: {ready} {string.Join('\n', server.errors)}");
        server.Url = ready["Assay is listening on ".Length..];
        server.Http = new() { BaseAddress = new(server.Url), Timeout = TimeSpan.FromSeconds(30) };
        server.Http.DefaultRequestHeaders.Host = "localhost";
        server.Given = new(server.Http);
        return server;
    }

    /// <summary>A power cut of the process.</summary>
    public async Task Kill()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        Http.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await Kill();
        process.Dispose();
    }
}
