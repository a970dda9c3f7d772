using System.CommandLine;
using Assay.Client.Api;

namespace Assay.Cli.Surface;

/// <summary>One invocation of a verb: its arguments, where its answer goes, and the registry it asks.</summary>
internal sealed class Call(ParseResult parsed) : IDisposable
{
    AssayApi? api;

    /// <summary>Where the answer goes.</summary>
    public Output Out { get; } = new(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetValue(GlobalOptions.Json), parsed.GetValue(GlobalOptions.Quiet));

    /// <summary>The registry.</summary>
    public AssayApi Api => api ??= new(ServerAddress(), Token(), parsed.GetValue(GlobalOptions.As));

    /// <summary>The words of the command line as they were typed, for verbs where their order means something.</summary>
    public IReadOnlyList<string> Words => [.. parsed.Tokens.Select(t => t.Value)];

    /// <summary>The value of an option.</summary>
    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    /// <summary>The value of an argument.</summary>
    public T? Get<T>(Argument<T> argument) => parsed.GetValue(argument);

    /// <summary>The value of an option that must be there.</summary>
    public T Require<T>(Option<T> option) => parsed.GetRequiredValue(option);

    /// <summary>The value of an argument that must be there.</summary>
    public T Require<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

    /// <inheritdoc/>
    public void Dispose() => api?.Dispose();

    /// <summary>The registry's address: flag, environment, default.</summary>
    public Uri ServerAddress()
    {
        var given = parsed.GetValue(GlobalOptions.Server) is { } flag ? (flag, "--server")
            : Variable("ASSAY_URL") is { } url ? (url, "ASSAY_URL")
            // MLflow's variable may also name a folder or a database, which is no registry to ask.
            : Variable("MLFLOW_TRACKING_URI") is { } mlflow && mlflow.StartsWith("http", StringComparison.Ordinal) ? (mlflow, "MLFLOW_TRACKING_URI")
            : ("http://127.0.0.1:5000", "the default");
        return Uri.TryCreate(given.Item1, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new WrongUseException($"{given.Item2} is '{given.Item1}', which is no address of a server.", "Give a URL such as http://127.0.0.1:5000.");
    }

    /// <summary>The token: flag, environment, what <c>assay login</c> stored for this registry; none in local mode.</summary>
    public string? Token() =>
        Given(GlobalOptions.Token) && string.IsNullOrEmpty(parsed.GetValue(GlobalOptions.Token)) ? throw new WrongUseException("--token has no value.", "Give --token T; only assay login reads it from standard input.", "token")
        : parsed.GetValue(GlobalOptions.Token) ?? Variable("ASSAY_TOKEN") ?? Variable("MLFLOW_TRACKING_TOKEN") ?? Access.StoredCredential.Of(ServerAddress())?.Token;

    /// <summary>Does an option stand on the command line, with a value or without?</summary>
    public bool Given(Option option) => parsed.GetResult(option) is { Implicit: false };

    static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
