namespace Assay.Server.Policies.Rules;

/// <summary><c>{all: passed}</c>: every case of the invariants holds, and there is at least one.</summary>
static class AllPassed
{
    const string Wanted = "every case holds, at least one";

    public static readonly RuleKind Kind = new("all",
        (map, rule, evidence) =>
        {
            map.OneOf("all", "passed");
            if (evidence.Length > 0 && evidence != "invariants")
                map.Wrong("all", $"evidence '{evidence}' has no cases; all: passed is for invariants");
            return rule with { Name = "invariants all passed" };
        },
        (_, piece, about) =>
        {
            var probes = piece.Evaluation.Probes;
            var broken = probes.Where(p => !p.Ok).ToList();
            var seen = $"{probes.Count - broken.Count} of {probes.Count} hold";
            if (probes.Count == 0)
                return new(Outcome.Inconclusive, Wanted, "the suite has no case") { Seen = seen, N = 0 };
            if (broken.Count == 0)
                return new(Outcome.Passed, Wanted, seen) { Seen = seen, N = probes.Count };
            var named = string.Join(", ", broken.Take(5).Select(p => p.Actual is null ? p.Id : $"{p.Id} (expected {(p.Expected is null ? "?" : Spoken.Of(p.Expected))}, got {Spoken.Of(p.Actual)})"));
            return new(Outcome.Failed, Wanted, $"{named}{(broken.Count > 5 ? $" and {broken.Count - 5} more" : "")} did not hold")
            {
                Seen = seen,
                N = probes.Count,
                Mend = $"train a version that keeps the invariants; see the cases with: assay evidence show {piece.View.Digest}",
            };
        });
}
