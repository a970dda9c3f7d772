using System.Diagnostics;
using Assay.Server.Artifacts.S3;

namespace Assay.Tests;

/// <summary>A real S3 store: the one named by ASSAY_TEST_S3 (as <c>tests/s3 up</c> prints it), or one of our own for this run.</summary>
public sealed class ObjectStore : IAsyncDisposable
{
    readonly string? folder;

    ObjectStore(string line, string? folder)
    {
        var parts = line.Trim().Split(' ');
        (Settings, this.folder) = (new() { Endpoint = parts[0], Region = "us-east-1", AccessKey = parts[1], SecretKey = parts[2] }, folder);
    }

    /// <summary>How it is reached.</summary>
    public S3Settings Settings { get; }

    /// <summary>A place of the caller's own in the bucket of the tests.</summary>
    public static string NewPlace() => $"s3://assay-tests/{Guid.NewGuid():N}";

    public static async Task<ObjectStore> Start() =>
        Environment.GetEnvironmentVariable("ASSAY_TEST_S3") is { Length: > 0 } given ? new(given, null) : await Own();

    /// <summary>One of a test's own, whose gateway it may kill and start.</summary>
    public static async Task<ObjectStore> Own()
    {
        var folder = Path.Combine(Path.GetTempPath(), "assay-s3-" + Guid.NewGuid().ToString("N")[..8]);
        return new(await Script("up", folder), folder);
    }

    /// <summary>Kills the gateway.</summary>
    public Task Stop() => Script("stop", folder!);

    /// <summary>Starts it again.</summary>
    public Task StartAgain() => Script("start", folder!);

    public async ValueTask DisposeAsync()
    {
        if (folder is not null)
            await Script("down", folder);
    }

    static async Task<string> Script(string verb, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "tests", "s3"), [verb, folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadLineAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output ?? "" : throw new InvalidOperationException($"tests/s3 {verb}: {await errors}");
    }
}
