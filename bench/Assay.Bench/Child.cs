using System.Diagnostics;

namespace Assay.Bench;

/// <summary>A server in a process of its own, from its start until it answers on /health.</summary>
sealed class Child : IAsyncDisposable
{
    readonly Process process;

    Child(Process process, Uri url, double milliseconds) => (this.process, Url, Milliseconds) = (process, url, milliseconds);

    public Uri Url { get; }

    public int Id => process.Id;

    /// <summary>From the start of the process to its first healthy answer.</summary>
    public double Milliseconds { get; }

    /// <summary>Starts this program as <see cref="BareServer"/>.</summary>
    public static Task<Child> Bare() => Start([Environment.ProcessPath!, .. Path.GetFileName(Environment.ProcessPath!) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : Array.Empty<string>(), "bare"]);

    /// <summary>Starts a program that prints <c>… listening on URL</c>.</summary>
    public static async Task<Child> Start(IReadOnlyList<string> command)
    {
        var watch = Stopwatch.StartNew();
        var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.Contains("listening on http", StringComparison.Ordinal))
                continue;
            var url = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim());
            using var connection = await KeepAlive.Open(url);
            await connection.Call(connection.Request("GET", "/health", ""));
            _ = process.StandardOutput.ReadToEndAsync();
            return new(process, url, watch.Elapsed.TotalMilliseconds);
        }
        throw new InvalidOperationException($"{string.Join(' ', command)} ended before it listened");
    }

    public async ValueTask DisposeAsync()
    {
        using var kill = Process.Start("kill", $"{process.Id}");
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
