using Assay.Contracts.Documents;

namespace Assay.Server.Identity;

/// <summary>
/// One role that somebody holds, and for what. Each kind of thing that a grant names must be part of what is touched, and match; a grant that names
/// nothing is for everything.
/// </summary>
/// <param name="Role">viewer, trainer, submitter, evaluator, reporter, approver:R, on-call, operator, auditor or admin.</param>
public sealed record Grant(string Role)
{
    /// <summary>Patterns of experiment names; empty: not named.</summary>
    public IReadOnlyList<string> Experiments { get; init; } = [];

    /// <summary>Patterns of model names; empty: not named.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Risk tiers of models; empty: not named.</summary>
    public IReadOnlyList<string> Tiers { get; init; } = [];

    /// <summary>Patterns of environment names; empty: not named.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>Kinds of evidence; empty: all machine-made ones.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Is it only for looking at what it is for? A credential that was minted for one action looks where its rule may, and changes one thing.</summary>
    public bool LookOnly { get; init; }

    /// <summary>The tier of a model, as the access policy in force says.</summary>
    public Func<string, string?> TierOf { get; init; } = _ => null;

    /// <summary>The role without what stands behind its colon.</summary>
    public string RoleKind => Role.Split(':')[0];

    /// <summary>Is it for this?</summary>
    public bool Covers(Scope scope) =>
        Named(Experiments, scope.Experiment) && Named(Models, scope.Model) && Named(Environments, scope.Environment)
        && (Tiers.Count == 0 || (scope.Model is { } model && TierOf(model) is { } tier && Tiers.Contains(tier)))
        && (!scope.Whole || Unbounded);

    /// <summary>Does it name nothing, so that it is for everything?</summary>
    public bool Unbounded => Experiments.Count + Models.Count + Tiers.Count + Environments.Count == 0;

    static bool Named(IReadOnlyList<string> patterns, string? name) =>
        patterns.Count == 0 || (name is not null && patterns.Any(p => Glob.Matches(p, name)));
}
