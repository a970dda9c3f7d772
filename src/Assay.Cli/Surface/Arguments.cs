using System.CommandLine;
using Assay.Client.Api;
using Assay.Contracts.Documents;

namespace Assay.Cli.Surface;

/// <summary>Arguments and options that several verbs take; each call makes a new one.</summary>
internal static class Arguments
{
    public static Argument<string> Version() => new("version") { Description = "MODEL@sha256:…, MODEL/3, or sha256:… (at least 12 digits).", HelpName = "VERSION" };

    public static Argument<string> Model() => new("model") { Description = "The model's name.", HelpName = "MODEL" };

    public static Option<string> Environment() => new("--env", "-e") { Description = "The environment, such as production.", HelpName = "ENV", Required = true };

    public static Option<string> Slot() => new("--slot") { Description = "The slot.", HelpName = "SLOT", DefaultValueFactory = _ => "primary" };

    public static Option<string?> Comment() => new("--comment") { Description = "Why, for the record.", HelpName = "TEXT" };

    public static Option<string> Reason() => new("--reason") { Description = "Why; it stands in the ledger.", HelpName = "TEXT", Required = true };

    /// <summary><c>--wait</c> or <c>--wait=TIME</c>: what follows without <c>=</c> and is no duration stays an argument.</summary>
    public static Option<TimeSpan?> Wait(string description) => new("--wait")
    {
        Description = $"{description} At most TIME, such as 10m (default).",
        HelpName = "TIME",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result =>
        {
            if (result.Tokens.Count == 0)
                return TimeSpan.FromMinutes(10);
            if (Durations.TryParse(result.Tokens[0].Value, out var time))
                return time;
            result.AddError($"--wait={result.Tokens[0].Value}: wanted a time such as 30s, 10m or 2h, written --wait=10m.");
            return null;
        },
    };

    /// <summary>Reads a version's name and finds its model where only a digest was given.</summary>
    public static async Task<(string Model, string Key)> Resolve(this Call call, string text, CancellationToken ct)
    {
        var name = VersionName.Parse(text) ?? throw new WrongUseException($"'{text}' names no version.", "Write MODEL@sha256:…, MODEL/3, or sha256:… with at least 12 hex digits.", "version");
        return name.Model is { } model ? (model, name.Key) : ((await call.Api.Get(ApiPath.Of("versions", name.Key), ct)).Text("model")!, name.Key);
    }

    /// <summary>Reads a file that the user named.</summary>
    public static async Task<string> ReadFile(string path, string what, CancellationToken ct)
    {
        try
        {
            return await File.ReadAllTextAsync(path, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WrongUseException($"The {what} {path} cannot be read: {e.Message}", "Give a file that can be read.");
        }
    }
}
