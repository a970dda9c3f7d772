using Assay.Server.Policies;

namespace Assay.Tests.Unit.Policies;

public sealed class ReadingPolicies
{
    const string Whole = """
        apiVersion: assay/v1
        kind: Policy
        metadata: {name: fraud-production}
        match: {model: fraud, environment: production, slot: primary}
        require:
          - evidence: heldout
            data: {digest: "sha256:0000000000000000000000000000000000000000000000000000000000000001"}
            max_age: 30d
            min_rows: 1000
            from: [role:evaluator]
            rules:
              - {metric: auc, at_least: 0.80}
              - {metric: log_loss, at_most: 0.40}
              - {metric: auc, against: champion, change_at_least: -0.005}
          - evidence: slices
            rules: [{metric: recall, every_slice: true, at_least: 0.60, severity: warn, until: 2027-01-31}]
          - evidence: invariants
            suite: fraud-scorer-invariants
            rules: [{all: passed}]
        approvals:
          - {count: 1, role: model-risk, not: [trainer, submitter, evaluator]}
        valid_for: 7d
        rollback: {roles: [on-call, operator]}
        freeze: [{from: "2026-12-24T00:00", to: "2026-12-27T00:00", zone: Europe/Berlin}]
        """;

    [Fact]
    public void The_whole_form_is_read()
    {
        var policy = PolicyDocument.Read(Whole, "file").Value;
        policy.Require.Count.ShouldBe(3);
        policy.Require[0].Rules.Select(r => r.Name).ShouldBe(["auc at_least 0.8", "log_loss at_most 0.4", "auc change_at_least -0.005 against champion"]);
        policy.Require[1].Rules[0].Severity.ShouldBe(Severity.Warn);
        policy.Approvals[0].Role.ShouldBe("model-risk");
        policy.ValidFor.ShouldBe(TimeSpan.FromDays(7));
        policy.Freeze[0].Starts.ToUniversalTime().ShouldBe(new DateTimeOffset(2026, 12, 23, 23, 0, 0, TimeSpan.Zero));
        policy.Freeze[0].Holds(new(2026, 12, 26, 22, 59, 59, TimeSpan.Zero)).ShouldBeTrue();
        policy.Freeze[0].Holds(new(2026, 12, 26, 23, 0, 0, TimeSpan.Zero)).ShouldBeFalse();
    }

    [Fact]
    public void The_digest_is_over_what_counts_and_not_over_how_it_is_written()
    {
        var other = Whole.Replace("max_age: 30d", "max_age:   720h").Replace("valid_for: 7d\n", "").Replace("kind: Policy", "kind: Policy   # ours");
        PolicyDocument.Read(other, "file").Value.Digest.ShouldBe(PolicyDocument.Read(Whole, "file").Value.Digest);
        PolicyDocument.Read(Whole.Replace("0.80", "0.81"), "file").Value.Digest.ShouldNotBe(PolicyDocument.Read(Whole, "file").Value.Digest);
    }

    [Theory]
    [InlineData("rules:\n      - {metric: auc, at_least: 0.80}", "rulez:\n      - {metric: auc, at_least: 0.80}", "line 11, column 5", "is 'rules' meant?")]
    [InlineData("at_least: 0.80", "at_leest: 0.80", "line 12", "is 'at_least' meant?")]
    [InlineData("at_least: 0.80", "at_least: high", "line 12", "wanted a finite number")]
    [InlineData("at_least: 0.80", "at_least: .nan", "line 12", "wanted a finite number")]
    [InlineData("max_age: 30d", "max_age: 30 days", "line 8", "wanted a duration")]
    [InlineData("evidence: slices", "evidence: slises", "line 15", "wanted heldout or slices")]
    [InlineData("not: [trainer,", "not: [trainers,", "line 21", "is 'trainer' meant?")]
    [InlineData("zone: Europe/Berlin", "zone: Europe/Berlyn", "line 24", "not known on this machine")]
    [InlineData("{all: passed}", "{all: ok}", "line 19", "wanted passed")]
    [InlineData("valid_for: 7d", "valid_for: 7d\nwhen: region == 'EU'", "line 23", "are not judged by this version")]
    [InlineData("match: {model: fraud,", "match: {tier: high, model: fraud,", "line 4", "match by model")]
    [InlineData("slot: primary", "slot: prime", "line 4", "wanted primary, canary, shadow")]
    [InlineData("every_slice: true, ", "", "line 16", "every_slice: true")]
    [InlineData("against: champion", "against: former", "line 14", "wanted champion")]
    public void A_wrong_place_is_named_with_line_and_mend(string from, string to, string place, string says)
    {
        Whole.ShouldContain(from);
        var refusal = PolicyDocument.Read(Whole.Replace(from, to), "policy.yaml").Refusal.ShouldNotBeNull();
        refusal.Message.ShouldContain("policy.yaml");
        refusal.Message.ShouldContain(place);
        refusal.Message.ShouldContain(says);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var refusal = PolicyDocument.Read(Whole.Replace("min_rows: 1000", "min_rows: many").Replace("count: 1", "count: 0").Replace("valid_for: 7d", "valid_for: 0s"), "policy.yaml").Refusal.ShouldNotBeNull();
        foreach (var said in (string[])["min_rows", "count", "valid_for"])
            refusal.Message.ShouldContain(said);
    }

    [Theory]
    [InlineData("require: []")]
    [InlineData("require: [{evidence: heldout, rules: []}]")]
    [InlineData("require: [{evidence: heldout, rules: [{metric: auc, at_least: 0.8, severity: warn}]}]")]
    public void A_policy_under_which_nothing_decides_is_refused(string require) =>
        PolicyDocument.Read($"apiVersion: assay/v1\nkind: Policy\nmetadata: {{name: p}}\nmatch: {{model: \"*\"}}\n{require}\n", "p").Refusal.ShouldNotBeNull().Message.ShouldContain("nothing is promoted without evidence");

    [Fact]
    public void Without_approvals_one_other_person_is_asked_for_and_an_empty_list_asks_for_nobody()
    {
        PolicyDocument.Read(Whole.Replace("approvals:\n  - {count: 1, role: model-risk, not: [trainer, submitter, evaluator]}\n", ""), "p").Value.Approvals[0].Not.ShouldBe(["submitter"]);
        PolicyDocument.Read(Whole.Replace("approvals:\n  - {count: 1, role: model-risk, not: [trainer, submitter, evaluator]}\n", "approvals: []\n"), "p").Value.Approvals.ShouldBeEmpty();
    }

    [Fact]
    public void The_most_specific_match_wins_and_a_pattern_for_all_environments_leaves_admission_alone()
    {
        new PolicyMatch("*", "*", "*").Fits("fraud", "registry", "primary").ShouldBeFalse();
        new PolicyMatch("*", "registry", "*").Fits("fraud", "registry", "primary").ShouldBeTrue();
        new PolicyMatch("fraud-*", "*", "*").Fits("fraud-eu", "staging", "canary").ShouldBeTrue();
        new PolicyMatch("fraud", "*", "*").Weight.ShouldBeGreaterThan(new PolicyMatch("fraud*", "production", "primary").Weight);
        new PolicyMatch("*", "production", "*").Weight.ShouldBeGreaterThan(new PolicyMatch("*", "prod*", "primary").Weight);
    }

    [Fact]
    public void An_owners_admission_policy_adds_to_the_built_in_one()
    {
        var owners = PolicyDocument.Read("apiVersion: assay/v1\nkind: Policy\nmetadata: {name: more}\nmatch: {model: fraud, environment: registry}\nrequire: [{evidence: heldout, rules: [{metric: auc, at_least: 0.7}]}]\n", "p").Value;
        owners.Approvals.ShouldBeEmpty();
        BuiltInPolicies.WithAdmission(owners).Require.Select(r => r.Evidence).ShouldBe(["heldout", "invariants"]);
    }
}
