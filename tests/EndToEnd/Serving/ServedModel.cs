using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Assay.Tests.EndToEnd.Serving;

/// <summary>The real program, serving a folder on a port that the system chose; stopped when disposed.</summary>
internal sealed class ServedModel : IAsyncDisposable
{
    readonly Process process;
    readonly HttpClient http = new();

    ServedModel(Process process, string line) => (this.process, Line, Address, Grpc) = (process, line, Url(line, " on "), line.Contains(", gRPC on ", StringComparison.Ordinal) ? Url(line, ", gRPC on ") : null);

    static Uri Url(string line, string after) => new(line[(line.IndexOf(after, StringComparison.Ordinal) + after.Length)..].Split(',', ' ')[0]);

    /// <summary>What it printed when it was ready.</summary>
    public string Line { get; }

    public Uri Address { get; }

    /// <summary>Where it answers gRPC, when it was asked to.</summary>
    public Uri? Grpc { get; }

    /// <summary>Starts <c>assay serve</c>; where it ends instead of serving, its exit code and what it said.</summary>
    public static Task<(ServedModel? Server, int Code, string Said)> Start(string what, params string[] more) => Start(what, [], more);

    /// <summary>As above, with variables of its environment.</summary>
    public static async Task<(ServedModel? Server, int Code, string Said)> Start(string what, Dictionary<string, string> variables, params string[] more)
    {
        var how = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "assay")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["serve", what, .. more.Contains("--listen") ? more : [.. more, "--listen", "http://127.0.0.1:0"]])
            how.ArgumentList.Add(argument);
        foreach (var (name, value) in variables)
            how.Environment[name] = value;
        var process = Process.Start(how)!;
        if (await process.StandardOutput.ReadLineAsync() is { } line)
            return (new(process, line), 0, line);
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        using (process)
            return (null, process.ExitCode, said);
    }

    public Task<HttpResponseMessage> Get(string path) => http.GetAsync(new Uri(Address, path));

    public async Task<(int Status, JsonNode Body)> Ask(string body, string type = "application/json")
    {
        using var answer = await http.PostAsync(new Uri(Address, "/invocations"), new StringContent(body, Encoding.UTF8, type));
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    /// <summary>Asks it to end, as a supervisor does; gives its exit code.</summary>
    public async Task<int> Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
