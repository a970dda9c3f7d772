namespace Assay.Server.Policies.Rules;

/// <summary><c>{measured: true}</c>: it was measured, on the right data, recently, by the right principals; the numbers are not looked at.</summary>
static class Measured
{
    public static readonly RuleKind Kind = new("measured",
        (map, rule, evidence) =>
        {
            map.OneOf("measured", "true");
            return rule with { Name = $"{evidence} measured" };
        },
        (rule, _, _) => new(Outcome.Passed, rule.Name, "it was measured"));
}
