using System.CommandLine;

namespace Assay.Cli.Surface;

/// <summary>The options of every verb (interfaces §2).</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> Server = new("--server") { Description = "The registry's address. Else ASSAY_URL, MLFLOW_TRACKING_URI, http://127.0.0.1:5000.", HelpName = "URL", Recursive = true };

    public static readonly Option<string?> Token = new("--token") { Description = "A token. Else ASSAY_TOKEN, MLFLOW_TRACKING_TOKEN, what assay login stored.", HelpName = "T", Recursive = true, Arity = ArgumentArity.ZeroOrOne };

    public static readonly Option<bool> Json = new("--json") { Description = "Print exactly one JSON document on standard output.", Recursive = true };

    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "No progress and no notes on standard error.", Recursive = true };

    public static readonly Option<string?> As = new("--as") { Description = "Local mode only: act under this name, marked unverified.", HelpName = "NAME[:ROLE]", Recursive = true };

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Option> All => [Server, Token, Json, Quiet, As];
}
