using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Assay.Tests.EndToEnd.Cli;

/// <summary>What a run of the program gave.</summary>
public sealed record ProgramAnswer(int Code, string Output, string Errors)
{
    /// <summary>Standard output as the one JSON document that it must be.</summary>
    public JsonNode Json => JsonNode.Parse(Output)!;
}

/// <summary>The real program as a process, as it was built with these tests; with a home of its own, so that nothing of the user's is read or written.</summary>
public sealed class AssayProgram : IDisposable
{
    static string Program => Path.Combine(AppContext.BaseDirectory, "assay.dll");

    public string Home { get; } = Directory.CreateTempSubdirectory("assay home ").FullName;

    /// <summary>Variables of its environment.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Runs it to its end.</summary>
    public Task<ProgramAnswer> Run(params string[] arguments) => Fed("", arguments);

    /// <summary>The same with a text on its standard input.</summary>
    public async Task<ProgramAnswer> Fed(string input, params string[] arguments)
    {
        using var process = Process.Start(Info(arguments))!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts it and leaves it running.</summary>
    public Process Start(params string[] arguments) => Process.Start(Info(arguments))!;

    public void Dispose() => Directory.Delete(Home, recursive: true);

    ProcessStartInfo Info(string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Home };
        foreach (var name in info.Environment.Keys.Where(k => k.StartsWith("ASSAY_", StringComparison.Ordinal) || k.StartsWith("MLFLOW_", StringComparison.Ordinal)).ToList())
            info.Environment.Remove(name);
        info.Environment["XDG_CONFIG_HOME"] = Path.Combine(Home, "config");
        foreach (var (name, value) in Variables)
            info.Environment[name] = value;
        return info;
    }
}
