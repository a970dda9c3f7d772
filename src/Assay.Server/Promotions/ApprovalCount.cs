using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Policies;

namespace Assay.Server.Promotions;

/// <summary>Who took part in making and measuring a version: a policy may leave them out of deciding about it.</summary>
sealed record Involved(IReadOnlyList<string> Trainers, string Submitter, IReadOnlyList<string> Evaluators)
{
    /// <summary>Is that principal one of them, in that part?</summary>
    public bool Is(string part, string principal) => part switch
    {
        "trainer" => Trainers.Contains(principal),
        "submitter" => Submitter == principal,
        _ => Evaluators.Contains(principal),
    };
}

/// <summary>Approvals that are still missing for one rule.</summary>
public sealed record MissingApproval(int Count, string? Role, IReadOnlyList<string> Not)
{
    /// <summary>In words: who could give it.</summary>
    public string Text => $"{Count} approval{(Count == 1 ? "" : "s")} by {(Role is null ? "a person" : $"somebody with the role {Role}")}{(Not.Count == 0 ? "" : $" other than the {string.Join(", ", Not)}")}";
}

/// <summary>Counting approvals: pure. Each person counts once; each place is taken by somebody who may, as many places as can be filled at once.</summary>
static class ApprovalCount
{
    /// <summary>What is missing when these approvals of <paramref name="verdict"/> are counted.</summary>
    public static IReadOnlyList<MissingApproval> Missing(IReadOnlyList<ApprovalRule> rules, IReadOnlyList<Decision> decisions, Digest verdict, Involved involved)
    {
        var people = Counting(decisions, verdict);
        var places = rules.SelectMany((rule, i) => Enumerable.Repeat((Rule: rule, Index: i), rule.Count)).ToList();
        var takenBy = new int[people.Count];
        Array.Fill(takenBy, -1);
        var filled = new bool[places.Count];
        for (var place = 0; place < places.Count; place++)
            filled[place] = Seat(place, new bool[people.Count]);
        return [.. places.Where((_, i) => !filled[i]).GroupBy(p => p.Index).Select(g => new MissingApproval(g.Count(), rules[g.Key].Role, rules[g.Key].Not))];

        // Augmenting paths (Kuhn): somebody who sits elsewhere moves when another place fits as well.
        bool Seat(int place, bool[] tried)
        {
            for (var person = 0; person < people.Count; person++)
            {
                if (tried[person] || !Fits(places[place].Rule, people[person].By, people[person].Roles, involved))
                    continue;
                tried[person] = true;
                if (takenBy[person] < 0 || Seat(takenBy[person], tried))
                {
                    takenBy[person] = place;
                    return true;
                }
            }
            return false;
        }
    }

    /// <summary>The approvals that are bound to the verdict, one for each person.</summary>
    public static IReadOnlyList<Decision> Counting(IReadOnlyList<Decision> decisions, Digest verdict) =>
        [.. decisions.Where(d => d.Approves && d.Verdict == verdict).DistinctBy(d => d.By)];

    /// <summary>May this principal take a place of the rule? Local mode's one principal may take any, unverified; a named actor is held to the rule.</summary>
    public static bool Fits(ApprovalRule rule, string principal, IReadOnlyList<string> roles, Involved involved) =>
        principal == Principal.Local.ToString()
        || ((rule.Role is not { } role || roles.Contains(role) || roles.Contains($"approver:{role}")) && !rule.Not.Any(part => involved.Is(part, principal)));
}
