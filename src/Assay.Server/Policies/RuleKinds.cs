using Assay.Server.Policies.Rules;

namespace Assay.Server.Policies;

/// <summary>The rules that a policy may have.</summary>
static class RuleKinds
{
    public static readonly IReadOnlyList<RuleKind> All = [AtLeast.Kind, AtMost.Kind, ChangeAtLeast.Kind, ChangeAtMost.Kind, AllPassed.Kind, Measured.Kind];

    public static RuleKind Of(Rule rule) => All.First(k => k.Word == rule.Kind);
}
