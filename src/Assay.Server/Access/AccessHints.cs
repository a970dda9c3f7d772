using Assay.Server.Access.Policy;
using Assay.Server.Identity;

namespace Assay.Server.Access;

/// <summary>Says which workload rule would allow what was refused: whoever hears that only CI may push wants to know which CI.</summary>
public sealed class AccessHints(AccessBook book) : IAccessHints
{
    /// <inheritdoc/>
    public string? For(Principal principal, Permission permission, Scope scope) =>
        permission is Permission.Submit or Permission.SubmitEvidence && book.Current is { } policy && !IsOpen(policy, principal, permission, scope) ? RulesFor(policy, permission, scope) : null;

    /// <summary>Where a model says push: anyone, a role of its own is what a person lacks, not a CI.</summary>
    static bool IsOpen(AccessPolicy policy, Principal principal, Permission permission, Scope scope) =>
        permission is Permission.Submit && principal.Kind is PrincipalKind.Person && scope.Model is { } model && !policy.RuleOf(model).CiOnly;

    /// <summary>In words, which rules give a permission about this.</summary>
    public static string RulesFor(AccessPolicy policy, Permission permission, Scope scope)
    {
        var rules = policy.Workloads.Where(w => policy.Bound(w.May).Any(g => Roles.Gives(g, permission, scope))).Select(w => $"'{w.Name}' ({Described(w)})").ToList();
        return rules.Count > 0
            ? $"The workload rule {string.Join(" or ", rules)} of the access policy may: run it in that CI, with assay run or assay login --oidc."
            : $"No workload rule of the access policy may do this about {scope}: an administrator can add one (assay access apply).";
    }

    static string Described(WorkloadRule rule) => string.Join(", ", new[] { "repository", "project_path", "workflow_ref", "job_workflow_ref", "ci_config_ref_uri", "sub" }
        .Where(rule.Claims.ContainsKey).Select(c => $"{c} {string.Join(" or ", rule.Claims[c])}").DefaultIfEmpty($"issuer {rule.Issuer}"));
}
