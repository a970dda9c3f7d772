using System.Text.Json.Nodes;
using Assay.Contracts.Documents;
using Assay.Server.Access.Policy;

namespace Assay.Server.Access.Exchange;

/// <summary>How a workload rule sees proven claims: pure.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Known">Do the immutable ids fit? Only then may the caller hear why the rest does not.</param>
/// <param name="Misfit">Why the rule does not let the token in; null when it does.</param>
/// <param name="Job">The job, such as <c>run_id=42</c>.</param>
sealed record RuleMatch(WorkloadRule Rule, bool Known, string? Misfit, string Job)
{
    /// <summary>Triggers that run what the repository itself holds, when the rule names none.</summary>
    static readonly string[] UsualTriggers = ["push", "workflow_dispatch", "schedule", "release", "web", "api", "trigger"];

    static readonly string[] Triggers = ["event_name", "pipeline_source"];

    public static RuleMatch Of(WorkloadRule rule, JsonObject claims)
    {
        if (rule.Claims.Keys.Where(WorkloadReader.Ids.Contains).Any(id => !Fits(rule, claims, id)))
            return new(rule, false, "the ids are others", "");
        var misfit = Trigger(rule, claims) ?? rule.Claims.Keys.Where(c => !Fits(rule, claims, c)).Select(c => Difference(rule, claims, c)).FirstOrDefault();
        var job = rule.Job.Select(c => (Claim: c, Text: ClaimText.One(claims, c))).ToList();
        if (misfit is null && job.Find(j => j.Text is not { Length: > 0 and <= 300 }).Claim is { } without)
            misfit = $"the token has no single claim {without}, which says which job it is";
        return new(rule, true, misfit, string.Join(' ', job.Select(j => $"{j.Claim}={j.Text}")));
    }

    static bool Fits(WorkloadRule rule, JsonObject claims, string claim) =>
        ClaimText.All(claims, claim) is { Count: > 0 } said && said.Any(text => rule.Claims[claim].Any(wanted => Glob.Matches(wanted, text)));

    /// <summary>Whatever a rule says, some triggers run what strangers sent; what it does not say is read narrowly.</summary>
    static string? Trigger(WorkloadRule rule, JsonObject claims)
    {
        foreach (var claim in Triggers)
            if (ClaimText.All(claims, claim).FirstOrDefault(t => WorkloadReader.Banned.Contains(t) || !rule.Claims.ContainsKey(claim) && !UsualTriggers.Contains(t)) is { } trigger)
                return WorkloadReader.Banned.Contains(trigger) ? $"{claim} is '{trigger}', which runs with the repository's rights on what strangers sent" : $"{claim} is '{trigger}', which the rule does not name";
        return null;
    }

    static string Difference(WorkloadRule rule, JsonObject claims, string claim) =>
        $"{claim} is {(ClaimText.All(claims, claim) is { Count: > 0 } said ? string.Join(", ", said.Select(s => $"'{s}'")) : "not there")}, wanted {string.Join(" or ", rule.Claims[claim].Select(w => $"'{w}'"))}";
}
