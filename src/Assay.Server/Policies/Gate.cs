using Assay.Server.Evidence;

namespace Assay.Server.Policies;

/// <summary>The pure decision: a policy and what was measured in, a verdict with every reason out. Nothing is read, nothing is remembered.</summary>
public static class Gate
{
    /// <summary>Judges one version for one slot.</summary>
    public static Judgement Judge(Policy policy, GateCase about)
    {
        List<RuleResult> results = [];
        foreach (var requirement in policy.Require)
        {
            var (piece, hindrance) = PieceChoice.Of(requirement, about);
            foreach (var rule in requirement.Rules)
                results.Add(Result(rule, requirement, piece, hindrance, about));
        }
        var deciding = results.Where(r => r.Severity is Severity.Block).ToList();
        // A gate at which nothing decides proves nothing.
        return new(deciding.Count == 0 ? Outcome.Inconclusive : deciding.Max(r => r.Verdict), results, Considered(policy, about.Evidence));
    }

    static RuleResult Result(Rule rule, Requirement requirement, Piece? piece, RuleFinding? hindrance, GateCase about)
    {
        var finding = hindrance ?? RuleKinds.Of(rule).Judge(rule, piece!, about);
        return new(rule.Name, requirement.Evidence, piece?.View.Digest, finding.Outcome, rule.Decides(about.Now) ? Severity.Block : Severity.Warn, finding.Wanted, finding.Seen,
            rule.Limit, finding.Value, finding.Low, finding.High, finding.Baseline, finding.N, finding.Reason, finding.Outcome.Opens() ? null : finding.Mend ?? about.Evaluate)
        {
            Disproven = hindrance is null && finding.Outcome is Outcome.Failed,
        };
    }

    /// <summary>Everything of the kinds that the policy asks for: what a verdict rests on, whether it was the deciding piece or not.</summary>
    static List<Contracts.Digest> Considered(Policy policy, IReadOnlyList<EvidenceView> evidence) =>
        [.. evidence.Where(e => policy.Require.Any(r => r.Evidence == e.Kind)).Select(e => e.Digest).Distinct().Order()];
}
