using Assay.Cli.Surface;
using Assay.Contracts.Documents;
using Assay.Server;

namespace Assay.Cli.Settings;

/// <summary>How the server was asked to run: a flag beats the environment, which beats the file.</summary>
internal static class ServerSettings
{
    static readonly string[] Keys = ["listen", "data", "database", "artifacts", "artifact_root", "capture", "host", "access", "proxy", "rate_limit", "tls_cert", "tls_key"];

    /// <summary>Gathers flags, environment and file.</summary>
    public static ServerOptions Read(Call call)
    {
        var defaults = new ServerOptions();
        var data = call.Get(ServerFlags.Data) ?? Variable("data");
        var file = File(call.Get(ServerFlags.Config) ?? Variable("config"), data ?? defaults.Data);
        return new()
        {
            Listen = Many(call.Get(ServerFlags.Listen), "listen", file) ?? defaults.Listen,
            Data = data ?? file?.TextOrNull("data") ?? defaults.Data,
            Database = One(call.Get(ServerFlags.Database), "database", file),
            Artifacts = One(call.Get(ServerFlags.Artifacts), "artifacts", file),
            ArtifactRoot = One(call.Get(ServerFlags.ArtifactRoot), "artifact_root", file) ?? defaults.ArtifactRoot,
            Capture = Mode(One(call.Get(ServerFlags.Capture), "capture", file)),
            Hosts = Many(call.Get(ServerFlags.Host), "host", file) ?? defaults.Hosts,
            Access = One(call.Get(ServerFlags.Access), "access", file),
            Proxies = Many(call.Get(ServerFlags.Proxy), "proxy", file) ?? defaults.Proxies,
            RateLimit = Rate(One(call.Get(ServerFlags.RateLimit), "rate_limit", file), defaults.RateLimit),
            RotateKey = call.Get(ServerFlags.RotateKey),
            TlsCert = One(call.Get(ServerFlags.TlsCert), "tls_cert", file),
            TlsKey = One(call.Get(ServerFlags.TlsKey), "tls_key", file),
        };
    }

    static string? One(string? flag, string key, YamlMap? file) => flag ?? Variable(key) ?? file?.TextOrNull(key);

    static IReadOnlyList<string>? Many(string[]? flags, string key, YamlMap? file) =>
        flags is { Length: > 0 } ? flags
        : Variable(key)?.Split([' ', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } variable ? variable
        : file?.Texts(key) is { Count: > 0 } texts ? texts
        : null;

    static int Rate(string? text, int standard) => text is null ? standard
        : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var rate) ? rate
        : throw new WrongUseException($"The rate limit is '{text}'.", "Give --rate-limit a whole number of requests per second, or 0 for none.", "rate_limit");

    static CaptureMode Mode(string? text) => text switch
    {
        null or "enforce" => CaptureMode.Enforce,
        "observe" => CaptureMode.Observe,
        _ => throw new WrongUseException($"The capture mode is '{text}'.", "Give --capture enforce or --capture observe.", "capture"),
    };

    static YamlMap? File(string? given, string data)
    {
        var path = given ?? Path.Combine(data, "assay.yaml");
        if (given is null && !System.IO.File.Exists(path))
            return null;
        string text;
        try
        {
            text = System.IO.File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WrongUseException($"The configuration file {path} cannot be read: {e.Message}", "Give a readable file with --config FILE.", "config");
        }
        return Checked(text, path);
    }

    /// <summary>Reads the file's text; whatever is wrong with it is told at once, each with line and column.</summary>
    internal static YamlMap Checked(string text, string path)
    {
        var parsed = YamlDocument.Parse(text, path);
        if (parsed.Refusal is { } syntax)
            throw new WrongUseException(syntax.Message, syntax.Mend, "config");
        var file = parsed.Value.Root.Only(Keys);
        foreach (var key in Keys)
            _ = key is "listen" or "host" or "proxy" ? file.Texts(key) : (object?)file.TextOrNull(key);
        return parsed.Value.Refusal is { } wrong ? throw new WrongUseException(wrong.Message, wrong.Mend, "config") : file;
    }

    static string? Variable(string key) => Environment.GetEnvironmentVariable($"ASSAY_{key.ToUpperInvariant()}") is { Length: > 0 } value ? value : null;
}
