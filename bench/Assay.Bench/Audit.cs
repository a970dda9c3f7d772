using System.Diagnostics;

namespace Assay.Bench;

/// <summary>How long a program runs from its start to its end, and the most memory that it was seen to keep.</summary>
static class Audit
{
    public static async Task Measure(Report report, IReadOnlyList<string> command)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        double most = 0;
        while (!process.HasExited)
        {
            try
            {
                most = Math.Max(most, Memory.Resident(process.Id)!.Value);
            }
            catch (Exception e) when (e is IOException or InvalidOperationException)
            {
                // It ended between the two looks.
            }
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(20));
        }
        var name = string.Join(' ', command.Skip(1).TakeWhile(word => !word.StartsWith("--server", StringComparison.Ordinal)));
        report.Add(name, "ms", watch.Elapsed.TotalMilliseconds);
        report.Add($"{name}, memory", "MB", most);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{name} ended with {process.ExitCode}: {await output}");
    }
}
