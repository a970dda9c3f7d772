using System.ComponentModel;
using System.Diagnostics;

namespace Assay.Client;

/// <summary>What one git command said, or why it said nothing.</summary>
readonly record struct GitAnswer(string Text, string? Problem)
{
    public bool Said => Problem is null;
}

/// <summary>Runs git with a time limit, without prompts and without taking the index lock, so that it disturbs nobody.</summary>
static class GitProcess
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static async Task<GitAnswer> AskAsync(string directory, CancellationToken ct, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["GIT_TERMINAL_PROMPT"] = "0", ["GIT_OPTIONAL_LOCKS"] = "0", ["LC_ALL"] = "C" },
        };
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            return new("", $"git could not be started in {directory} ({error.Message})");
        }
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(Limit);
        try
        {
            // Both pipes are read at once: a full one would stop git for ever.
            var output = process.StandardOutput.ReadToEndAsync(limited.Token);
            var errors = process.StandardError.ReadToEndAsync(limited.Token);
            await process.WaitForExitAsync(limited.Token).ConfigureAwait(false);
            var text = (await output.ConfigureAwait(false)).Trim();
            var said = (await errors.ConfigureAwait(false)).Trim();
            return process.ExitCode == 0 ? new(text, null) : new("", $"git {arguments[0]} failed in {directory} ({FirstLine(said, process.ExitCode)})");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new("", $"git {arguments[0]} took more than {Limit.TotalSeconds:0} s in {directory}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    static string FirstLine(string text, int code) => text.Length == 0 ? $"exit {code}" : text.Split('\n')[0].Trim();
}
