using Assay.Server.Identity;

namespace Assay.Server.Access.Tokens;

/// <summary>One action of the token exchange (interfaces §10): <c>log:EXPERIMENT</c>, <c>submit:MODEL</c>, <c>attest:KIND:MODEL</c> or <c>report:ENVIRONMENT</c>.</summary>
/// <param name="Action">What it lets do.</param>
/// <param name="Name">The experiment, model or environment.</param>
/// <param name="Kind">The kind of evidence; null but for attest.</param>
public sealed record TokenScope(Permission Action, string Name, string? Kind = null)
{
    /// <summary>Reads one; null when it is none.</summary>
    public static TokenScope? Parse(string text)
    {
        var (action, rest) = Cut(text);
        if (rest.Length == 0)
            return null;
        if (action != "attest")
            return action switch
            {
                "log" => new(Permission.LogRuns, rest),
                "submit" => new(Permission.Submit, rest),
                "report" => new(Permission.Report, rest),
                _ => null,
            };
        var (kind, model) = Cut(rest);
        return kind.Length > 0 && model.Length > 0 ? new(Permission.SubmitEvidence, model, kind) : null;
    }

    /// <summary>What it is about, as grants name it.</summary>
    public Scope About => Action switch
    {
        Permission.LogRuns => new(Experiment: Name),
        Permission.Report => new(Environment: Name),
        _ => new(Model: Name),
    };

    /// <summary>The grant of a credential with this scope: this one action, about this one thing.</summary>
    public Grant Granted => Action switch
    {
        Permission.LogRuns => new("trainer") { Experiments = [Name] },
        Permission.Report => new("reporter") { Environments = [Name] },
        Permission.Submit => new("submitter") { Models = [Name] },
        _ => new("evaluator") { Models = [Name], Kinds = [Kind!] },
    };

    /// <summary>Is it within what a rule grants? A name is taken as it stands: <c>*</c> in it is a letter, not a pattern.</summary>
    public bool Within(IEnumerable<Grant> grants) => !Name.Contains('*', StringComparison.Ordinal)
        && grants.Any(g => Roles.Gives(g, Action, About) && (Kind is null || g.RoleKind == "evaluator" && (g.Kinds.Count == 0 || g.Kinds.Contains(Kind))));

    static (string, string) Cut(string text) => text.IndexOf(':', StringComparison.Ordinal) is > 0 and var at ? (text[..at], text[(at + 1)..]) : (text, "");
}
