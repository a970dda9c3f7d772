using Assay.Contracts;
using Assay.Contracts.Documents;
using Assay.Server.Identity;

namespace Assay.Server.Access.Policy;

/// <summary>
/// Reads one rule of <c>workloads:</c> or <c>agents:</c>. A rule that a stranger could come to fit is refused: names can be registered again, any branch can
/// change a workflow's file, and some triggers run a stranger's code (identity.md, pitfalls 4 and 6).
/// </summary>
static class WorkloadReader
{
    /// <summary>Triggers under which a workflow runs with its repository's rights on what a stranger sent.</summary>
    public static readonly IReadOnlyList<string> Banned = ["pull_request_target", "workflow_run", "issue_comment", "external_pull_request_event", "merge_request_event"];

    const string ServiceAccount = "kubernetes.io/serviceaccount/uid";
    static readonly string[] GitHub = ["repository_owner_id", "repository_id"], GitLab = ["namespace_id", "project_id"];
    static readonly string[] OfGitHub = ["repository", "repository_owner", "workflow_ref", "job_workflow_ref", "event_name", "runner_environment", .. GitHub];
    static readonly string[] OfGitLab = ["project_path", "namespace_path", "ci_config_ref_uri", "pipeline_source", .. GitLab];
    static readonly string[] Exact = [.. GitHub, .. GitLab, ServiceAccount, "sub", "job_workflow_sha", "ci_config_sha"];

    /// <summary>Claims that name somebody for good: names can be given to others, these cannot.</summary>
    public static readonly IReadOnlyList<string> Ids = [.. GitHub, .. GitLab, ServiceAccount, "sub"];

    public static WorkloadRule Read(YamlMap map, PrincipalKind kind, IReadOnlyList<TrustedIssuer> issuers)
    {
        map.Only("name", "issuer", "claims", "may", "job", "renew", "description");
        var (name, issuer) = (map.Text("name"), map.Text("issuer"));
        if (name.Length > 0 && !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            map.Wrong("name", $"'{name}' is no name; wanted letters, digits, '-', '_' and '.'");
        var trusted = issuers.FirstOrDefault(i => i.Name == issuer);
        if (issuer.Length > 0 && trusted is null)
            map.Wrong("issuer", $"there is no issuer '{issuer}'; known are {string.Join(", ", issuers.Select(i => i.Name))}");
        var claims = map.Map("claims");
        Dictionary<string, IReadOnlyList<string>> wanted = claims.Keys.ToDictionary(k => k, claims.Texts, StringComparer.Ordinal);
        foreach (var (claim, values) in wanted)
            if (values.Count == 0 || values.Any(string.IsNullOrEmpty))
                claims.Wrong(claim, $"the claim {claim} has no value to match");
            else if (Exact.Contains(claim) && values.Any(v => v.Contains('*', StringComparison.Ordinal)))
                claims.Wrong(claim, $"{claim} is an id: it takes no '*'");
        Immutable(map, claims, wanted, trusted);
        var job = map.Texts("job");
        var rule = new WorkloadRule(name, kind, issuer, wanted, GrantReader.Read(map, kind), job.Count > 0 ? job : UsualJob(wanted));
        rule = rule with { Renew = map.Duration("renew") ?? WorkloadRule.UsualRenew };
        if (rule.Renew > WorkloadRule.MostRenew)
            map.Wrong("renew", $"renew is {Durations.Text(rule.Renew)}; wanted at most {Durations.Text(WorkloadRule.MostRenew)}, and 0s for never");
        return rule with { Digest = DigestOf(rule, trusted) };
    }

    static void Immutable(YamlMap map, YamlMap claims, Dictionary<string, IReadOnlyList<string>> wanted, TrustedIssuer? issuer)
    {
        var gitHub = issuer?.Issuer == "https://token.actions.githubusercontent.com" || wanted.Keys.Any(OfGitHub.Contains);
        var gitLab = !gitHub && wanted.Keys.Any(OfGitLab.Contains);
        var cluster = wanted.Keys.Any(k => k.StartsWith("kubernetes.io", StringComparison.Ordinal)) || wanted.GetValueOrDefault("sub", []).Any(s => s.StartsWith("system:serviceaccount:", StringComparison.Ordinal));
        string[] ids = gitHub ? GitHub : gitLab ? GitLab : cluster ? [ServiceAccount] : ["sub"];
        foreach (var missing in ids.Where(id => !wanted.ContainsKey(id)))
            map.Wrong("claims", $"the rule has no {missing}: names can be registered again by others, ids cannot; add it");
        if ((gitHub || gitLab) && !wanted.ContainsKey("environment") && !wanted.GetValueOrDefault("ref_protected", []).SequenceEqual(["true"]))
            map.Wrong("claims", "the rule binds no protected ref: whoever may push any branch could change what runs; add ref_protected: \"true\", or an environment that has branch rules");
        foreach (var trigger in (string[])["event_name", "pipeline_source"])
            foreach (var banned in wanted.GetValueOrDefault(trigger, []).Where(Banned.Contains))
                claims.Wrong(trigger, $"'{banned}' runs with the repository's rights on what strangers sent; leave it out");
    }

    static IReadOnlyList<string> UsualJob(Dictionary<string, IReadOnlyList<string>> wanted) =>
        wanted.Keys.Any(OfGitHub.Contains) ? ["run_id"] : wanted.Keys.Any(OfGitLab.Contains) ? ["job_id"] : ["sub"];

    static Digest DigestOf(WorkloadRule rule, TrustedIssuer? issuer) => Digest.Of(string.Join('\n', [rule.Name, rule.Kind.ToString(), issuer?.Issuer ?? "",
        .. rule.Claims.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={string.Join('|', c.Value)}"), .. rule.Job,
        .. rule.May.Select(GrantReader.Text),
        // Left out where it is the usual: rules of before keep their digest.
        .. rule.Renew == WorkloadRule.UsualRenew ? Array.Empty<string>() : [$"renew={rule.Renew}"]]));
}
