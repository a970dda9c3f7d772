using Assay.Contracts;

namespace Assay.Server.Deployments;

/// <summary>All that this room refuses.</summary>
static class DeploymentRefusals
{
    public static Refusal OtherName(string asked, string found) => new(RefusalKind.Invalid, "other-name",
        $"The document declares the environment '{found}', but the address names '{asked}'.", $"Put it to /environments/{found}, or change metadata.name.", "metadata.name");

    public static Refusal BadName(string name) => new(RefusalKind.Invalid, "bad-name", $"'{name}' cannot be the name of an environment or slot.", $"Give {Names.Rule}.", "name");

    public static Refusal NoEnvironment(string name, IEnumerable<string> known) => new(RefusalKind.NotFound, "no-such-environment", $"There is no environment '{name}'.",
        known.ToList() is { Count: > 0 } names ? $"Known are {string.Join(", ", names)}. One comes into being with `assay environment apply FILE`, a report or an observation." : "One comes into being with `assay environment apply FILE`, a report or an observation.", "environment");

    /// <summary>Everything that is wrong with a body, at once.</summary>
    public static Refusal Wrong(string what, IReadOnlyList<Gap> wrong) => new(RefusalKind.Invalid, $"bad-{what}",
        $"The {what} is wrong in {wrong.Count} place{(wrong.Count == 1 ? "" : "s")}: {string.Join("; ", wrong.Select(w => $"{w.Item} is {w.Found}, wanted {w.Wanted}"))}.",
        string.Join(' ', wrong.Select(w => w.Mend).Distinct()), wrong[0].Item)
    { Gaps = wrong };

    public static void CheckName(List<Gap> wrong, string field, string? value)
    {
        if (value is null || !Names.IsEnvironment(value))
            wrong.Add(new(field, Names.Rule, value is null ? "nothing" : $"'{value}'", $"Give a valid {field}."));
    }
}
