using Assay.Contracts;
using Assay.Contracts.Wire;

namespace Assay.Server.Registry;

/// <summary>Which names, tags, aliases and stages are fit (mlflow-wire §2.4).</summary>
public static class Names
{
    public const string PromptTag = "mlflow.prompt.is_prompt", OwnTags = "assay.";

    static readonly Dictionary<string, string> Stages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["none"] = "None",
        ["staging"] = "Staging",
        ["production"] = "Production",
        ["archived"] = "Archived",
    };

    /// <summary>Aliases that are derived and refuse to be set.</summary>
    public static readonly IReadOnlyList<string> Protected = ["champion"];

    /// <summary>The stage as MLflow echoes it.</summary>
    public static Result<string> Stage(string text) => Stages.TryGetValue(text, out var stage) ? stage : RegistryRefusals.BadStage(text);

    public static Refusal? Problem(string name, string description, IReadOnlyDictionary<string, string> tags) =>
        name.Length == 0 || name.Any(c => c is '/' or ':' or '@' || char.IsControl(c)) ? RegistryRefusals.BadName(name)
        : WireLimits.ModelName.Length(name, "name") ?? WireLimits.Description.Length(description, "description") ?? tags.Select(t => TagProblem(t.Key, t.Value)).FirstOrDefault(p => p is not null);

    public static Refusal? TagProblem(string key, string? value) =>
        key.StartsWith(OwnTags, StringComparison.Ordinal) ? RegistryRefusals.ReadOnlyTag(key)
        : key.Length == 0 || key.Any(char.IsControl) ? RegistryRefusals.BadTag(key)
        : WireLimits.RegistryKey.Length(key, "key") ?? WireLimits.RegistryValue.Length(value, "value");

    public static Refusal? AliasProblem(string alias) =>
        WireLimits.Alias.Length(alias, "alias") is { } tooLong ? tooLong
        : alias.Length == 0 || !alias.All(c => char.IsLetterOrDigit(c) || c is '_' or '-') ? RegistryRefusals.BadAlias(alias, "has other characters")
        : alias.Equals("latest", StringComparison.OrdinalIgnoreCase) ? RegistryRefusals.BadAlias(alias, "is reserved")
        : alias.Length > 1 && alias[0] is 'v' or 'V' && alias[1..].All(char.IsAsciiDigit) ? RegistryRefusals.BadAlias(alias, "looks like a version number, which is reserved")
        : Protected.Contains(alias.ToLowerInvariant()) ? RegistryRefusals.ProtectedAlias(alias)
        : null;
}
