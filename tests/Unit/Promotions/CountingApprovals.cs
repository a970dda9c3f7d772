using Assay.Contracts;
using Assay.Server.Policies;
using Assay.Server.Promotions;
using CsCheck;

namespace Assay.Tests.Unit.Promotions;

public sealed class CountingApprovals
{
    static readonly Digest Verdict = Digest.Of("verdict");
    static readonly Involved Nobody = new([], "local:ci", []);

    [Fact]
    public void Approvals_of_another_verdict_do_not_count() =>
        ApprovalCount.Missing([new(1, null, [])], [By("alice") with { Verdict = Digest.Of("older") }], Verdict, Nobody).Single().Count.ShouldBe(1);

    [Fact]
    public void One_person_counts_once() => ApprovalCount.Missing([new(2, null, [])], [By("alice"), By("alice")], Verdict, Nobody).Single().Count.ShouldBe(1);

    [Fact]
    public void A_no_is_no_approval() => ApprovalCount.Missing([new(1, null, [])], [By("alice") with { Approves = false }], Verdict, Nobody).ShouldHaveSingleItem();

    [Fact]
    public void Who_took_part_is_left_out_where_the_rule_says_so()
    {
        Involved parties = new(["local:train"], "local:submit", ["local:measure"]);
        foreach (var name in (string[])["train", "submit", "measure"])
            ApprovalCount.Missing([new(1, null, ["trainer", "submitter", "evaluator"])], [By(name)], Verdict, parties).ShouldHaveSingleItem(name);
        ApprovalCount.Missing([new(1, null, ["trainer", "submitter", "evaluator"])], [By("other")], Verdict, parties).ShouldBeEmpty();
        ApprovalCount.Missing([new(1, null, ["submitter"])], [By("local") with { By = "local" }], Verdict, parties with { Submitter = "local" }).ShouldBeEmpty("local mode's one principal may");
    }

    [Fact]
    public void A_role_is_needed_where_the_rule_names_one()
    {
        ApprovalCount.Missing([new(1, "model-risk", [])], [By("alice")], Verdict, Nobody).Single().Text.ShouldBe("1 approval by somebody with the role model-risk");
        ApprovalCount.Missing([new(1, "model-risk", [])], [By("alice", "approver:model-risk")], Verdict, Nobody).ShouldBeEmpty();
        ApprovalCount.Missing([new(1, "model-risk", [])], [By("alice", "model-risk")], Verdict, Nobody).ShouldBeEmpty();
    }

    [Fact]
    public void Somebody_with_two_roles_takes_the_place_that_nobody_else_could() =>
        ApprovalCount.Missing([new(1, "risk", []), new(1, "owner", [])], [By("both", "risk", "owner"), By("one", "risk")], Verdict, Nobody).ShouldBeEmpty();

    [Fact]
    public void As_many_places_are_filled_as_can_be() =>
        Gen.Select(Gen.OneOf("a", "b", "c").Array[1, 4], Gen.OneOf("a", "b", "c").Array[0, 3].Array[0, 5]).Sample((rules, people) =>
        {
            var missing = ApprovalCount.Missing([.. rules.Select(r => new ApprovalRule(1, r, []))], [.. people.Select((roles, i) => By($"p{i}", roles))], Verdict, Nobody).Sum(m => m.Count);
            missing.ShouldBe(rules.Length - Best(rules, people.ToList()));
        });

    static int Best(ReadOnlySpan<string> rules, List<string[]> people)
    {
        if (rules.Length == 0)
            return 0;
        var best = Best(rules[1..], people);
        for (var i = 0; i < people.Count; i++)
            if (people[i].Contains(rules[0]))
                best = Math.Max(best, 1 + Best(rules[1..], [.. people.Where((_, j) => j != i)]));
        return best;
    }

    static Decision By(string name, params string[] roles) => new(name, true, $"local:{name}", false, roles, null, Verdict, DateTimeOffset.UnixEpoch);
}
