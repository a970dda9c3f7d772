using System.Diagnostics;
using Npgsql;

namespace Assay.Tests;

/// <summary>A real PostgreSQL: the one named by ASSAY_TEST_POSTGRES, or one of our own for this run.</summary>
public sealed class Postgres : IAsyncDisposable
{
    readonly string? folder;

    Postgres(string address, string? folder) => (Address, this.folder) = (address, folder);

    string Address { get; }

    /// <summary>One of a test's own, which it may stop and start.</summary>
    public static async Task<Postgres> Own()
    {
        var folder = Path.Combine(Path.GetTempPath(), "assay-pg-" + Guid.NewGuid().ToString("N")[..8]);
        return new((await Script("up", folder)).Trim(), folder);
    }

    /// <summary>A power cut.</summary>
    public Task Stop() => Script("stop", folder!);

    /// <summary>Its end.</summary>
    public Task StartAgain() => Script("start", folder!);

    public static async Task<Postgres> Start()
    {
        if (Environment.GetEnvironmentVariable("ASSAY_TEST_POSTGRES") is { Length: > 0 } given)
            return new(given, null);
        return await Own();
    }

    /// <summary>A new, empty database.</summary>
    public async Task<string> NewDatabase()
    {
        var name = "assay_" + Guid.NewGuid().ToString("N");
        await using var connection = new NpgsqlConnection(Address);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(Address) { Database = name, MaxPoolSize = 30 }.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (folder is not null)
            await Script("down", folder);
    }

    static async Task<string> Script(string verb, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "tests", "postgres"), [verb, folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"tests/postgres {verb}: {errors}");
    }
}
