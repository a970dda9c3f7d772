using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Evidence;
using Assay.Server.Policies;
using Assay.Tests.Builders;
using static Assay.Tests.Builders.EvidencePieces;

namespace Assay.Tests.Unit.Policies;

using Evaluation = Assay.Contracts.Evidence.Evaluation;

public sealed class GateJudgesBounds
{
    public static TheoryData<string, double?, double?, double?, Outcome> AtLeast => new()
    {
        { "proven", 0.85, 0.82, 0.88, Outcome.Passed },
        { "point above, bound below", 0.82, 0.78, 0.86, Outcome.Inconclusive },
        { "point below, upper bound above", 0.79, 0.76, 0.82, Outcome.Inconclusive },
        { "disproven", 0.70, 0.67, 0.73, Outcome.Failed },
        { "lower bound at the limit", 0.83, 0.80, 0.86, Outcome.Passed },
        { "upper bound at the limit", 0.78, 0.76, 0.80, Outcome.Inconclusive },
        { "unbounded below", 0.85, null, 0.88, Outcome.Inconclusive },
        { "unbounded above", 0.85, 0.82, null, Outcome.Passed },
        { "unbounded above, far below", 0.10, 0.05, null, Outcome.Inconclusive },
        { "no number", null, null, null, Outcome.Failed },
        { "no number with splendid bounds", null, 0.98, 0.99, Outcome.Failed },
        { "outside its own interval", 0.10, 0.82, 0.88, Outcome.Inconclusive },
        { "NaN", double.NaN, 0.82, 0.88, Outcome.Failed },
        { "NaN bounds", 0.85, double.NaN, double.NaN, Outcome.Inconclusive },
        { "infinite", double.PositiveInfinity, 0.82, null, Outcome.Failed },
    };

    [Theory, MemberData(nameof(AtLeast))]
    public void At_least_is_judged_on_the_lower_bound(string what, double? value, double? low, double? high, Outcome wanted) =>
        Verdict(AucAtLeast(), Case(Piece(Heldout(Auc(value, low, high))))).ShouldBe(wanted, what);

    [Theory]
    [InlineData(0.30, 0.25, 0.35, Outcome.Passed)]
    [InlineData(0.38, 0.33, 0.43, Outcome.Inconclusive)]
    [InlineData(0.50, 0.45, 0.55, Outcome.Failed)]
    [InlineData(0.36, 0.30, 0.40, Outcome.Passed)]
    public void At_most_is_judged_on_the_upper_bound(double value, double low, double high, Outcome wanted) =>
        Verdict(Policy("  - {evidence: heldout, rules: [{metric: log_loss, at_most: 0.40}]}"), Case(Piece(Heldout(Auc(value, low, high) with { Name = "log_loss" })))).ShouldBe(wanted);

    [Fact]
    public void A_point_without_an_interval_proves_nothing() => Verdict(AucAtLeast(), Case(Piece(Heldout(Auc() with { Interval = null })))).ShouldBe(Outcome.Inconclusive);

    [Fact]
    public void An_interval_of_little_confidence_proves_nothing() => Verdict(AucAtLeast(), Case(Piece(Heldout(Auc() with { Interval = new(0.1, 0.84, 0.86, null) })))).ShouldBe(Outcome.Inconclusive);

    [Fact]
    public void What_is_missing_stale_too_few_or_about_other_data_is_inconclusive_and_says_how_to_mend_it()
    {
        foreach (var about in (GateCase[])
        [
            Case(), Case(Piece(Heldout(Auc() with { Name = "f1" }))), Case(Piece(Heldout(Auc()), at: Now.AddDays(-31))), Case(Piece(Heldout("heldout", 50, Auc()))),
            Case(Piece(Heldout("heldout", null, Auc(n: null)))), Case(Piece(Heldout("train", 5000, Auc()))), Case(Piece(Invariants(true))), Case(Piece(Heldout(Auc(status: "too_small")))),
        ])
        {
            var judged = Gate.Judge(AucAtLeast(), about);
            judged.Verdict.ShouldBe(Outcome.Inconclusive, judged.Rules[0].Reason);
            judged.Rules[0].Mend.ShouldNotBeNull().ShouldContain($"assay evaluate fraud@{EvidencePieces.Version} --suite");
        }
    }

    [Fact]
    public void What_cannot_be_believed_fails_and_what_cannot_be_read_is_an_error()
    {
        Verdict(AucAtLeast(), Case(Piece(Heldout(Auc()), EvidenceState.ForeignKey))).ShouldBe(Outcome.Failed);
        Verdict(AucAtLeast(), Case(Piece(Heldout(Auc()), EvidenceState.Withdrawn))).ShouldBe(Outcome.Failed);
        Verdict(AucAtLeast(), Case(Piece(Heldout(Auc()), EvidenceState.OtherDigest))).ShouldBe(Outcome.Failed);
        Verdict(AucAtLeast(), Case(Piece(Heldout(Auc()), subject: Digest.Of("other")))).ShouldBe(Outcome.Failed);
        Verdict(AucAtLeast(), Case(Piece(null, EvidenceState.Unreadable))).ShouldBe(Outcome.Error);
    }

    [Fact]
    public void Unbelievable_evidence_does_not_count_as_a_measurement_that_disproves_the_model()
    {
        Gate.Judge(AucAtLeast(), Case(Piece(Heldout(Auc()), EvidenceState.Withdrawn))).Rules[0].Disproven.ShouldBeFalse();
        Gate.Judge(AucAtLeast(), Case(Piece(Heldout(Auc(0.5, 0.4, 0.6))))).Rules[0].Disproven.ShouldBeTrue();
    }

    [Fact]
    public void The_newest_piece_on_the_right_data_counts()
    {
        var bad = Piece(Heldout(Auc(0.5, 0.4, 0.6)), at: Now.AddHours(-5), id: "bad");
        var good = Piece(Heldout(Auc()), at: Now.AddHours(-1), id: "good");
        Verdict(AucAtLeast(), Case(bad, good)).ShouldBe(Outcome.Passed);
        Verdict(AucAtLeast(), Case(bad with { MeasuredAt = Now }, good)).ShouldBe(Outcome.Failed);
        Verdict(AucAtLeast(), Case(good, Piece(Heldout("train", 5000, Auc(0.1, 0.05, 0.2)), at: Now, id: "train"))).ShouldBe(Outcome.Passed);
    }

    [Fact]
    public void Invariants_need_a_case_and_all_of_them_to_hold()
    {
        var policy = Policy("  - {evidence: invariants, rules: [{all: passed}]}");
        Verdict(policy, Case(Piece(Invariants(true, true)))).ShouldBe(Outcome.Passed);
        Verdict(policy, Case(Piece(Invariants(true, false)))).ShouldBe(Outcome.Failed);
        Verdict(policy, Case(Piece(Invariants()))).ShouldBe(Outcome.Inconclusive);
        Verdict(Policy("  - evidence: invariants"), Case(Piece(Invariants(false)))).ShouldBe(Outcome.Failed);
    }

    [Fact]
    public void Every_slice_is_as_good_as_its_worst()
    {
        var policy = Policy("  - {evidence: slices, rules: [{metric: auc, every_slice: true, at_least: 0.60}]}");
        Slice Of(string name, Metric metric) => new(name, 500, null, false, [metric]);
        Evaluation With(params Slice[] slices) => new("slices", null, new(null, Data, "heldout", 5000), null, null, [], slices, []);
        Verdict(policy, Case(Piece(With(Of("EU", Auc()), Of("US", Auc()))))).ShouldBe(Outcome.Passed);
        Verdict(policy, Case(Piece(With(Of("EU", Auc()), Of("US", Auc(0.4, 0.35, 0.45)))))).ShouldBe(Outcome.Failed);
        Verdict(policy, Case(Piece(With(Of("EU", Auc()), new("US", 20, "too_small", false, []))))).ShouldBe(Outcome.Inconclusive);
        Verdict(policy, Case(Piece(With()))).ShouldBe(Outcome.Inconclusive);
        Gate.Judge(policy, Case(Piece(With(Of("EU", Auc()), Of("US", Auc(0.4, 0.35, 0.45)))))).Rules[0].Reason.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_change_is_judged_on_the_paired_difference_to_the_champion()
    {
        var policy = Policy("  - {evidence: heldout, rules: [{metric: auc, against: champion, change_at_least: -0.005}]}");
        var champion = Digest.Of("champion");
        GateCase With(Evaluation e, Digest? incumbent) => Case(Piece(e)) with { Champion = incumbent };
        Evaluation Paired(double? delta, double? low, double? high, Digest? against = null) =>
            Heldout(Auc() with { Delta = delta, DeltaInterval = low is null ? null : new(0.95, low, high, "paired") }) with { Baseline = against ?? champion };
        Verdict(policy, With(Paired(0.002, -0.001, 0.005), champion)).ShouldBe(Outcome.Passed);
        Verdict(policy, With(Paired(0.002, -0.009, 0.013), champion)).ShouldBe(Outcome.Inconclusive);
        Verdict(policy, With(Paired(-0.02, -0.03, -0.01), champion)).ShouldBe(Outcome.Failed);
        Verdict(policy, With(Paired(0.002, null, null), champion)).ShouldBe(Outcome.Inconclusive);
        Verdict(policy, With(Paired(null, null, null), champion)).ShouldBe(Outcome.Inconclusive);
        Verdict(policy, With(Paired(0.002, -0.001, 0.005, Digest.Of("older")), champion)).ShouldBe(Outcome.Inconclusive);
        Verdict(policy, With(Paired(0.002, -0.001, 0.005), null)).ShouldBe(Outcome.Passed, "there is no champion yet");
        Verdict(policy, With(Heldout(Auc(double.NaN)) with { Baseline = champion }, champion)).ShouldBe(Outcome.Failed, "not a number");
    }

    [Fact]
    public void The_whole_is_the_worst_of_what_decides_and_warnings_do_not()
    {
        var policy = Policy("""
              - {evidence: heldout, rules: [{metric: auc, at_least: 0.80}, {metric: auc, at_least: 0.99, severity: warn, until: 2027-01-31}]}
            """);
        Verdict(policy, Case(Piece(Heldout(Auc())))).ShouldBe(Outcome.Passed);
        Verdict(policy, Case(Piece(Heldout(Auc()))) with { Now = new(2027, 2, 1, 0, 0, 0, TimeSpan.Zero) }).ShouldBe(Outcome.Failed, "the warning decides after its day");
        var both = Policy("""
              - {evidence: heldout, rules: [{metric: auc, at_least: 0.80}]}
              - {evidence: invariants, rules: [{all: passed}]}
            """);
        Verdict(both, Case(Piece(Heldout(Auc())), Piece(Invariants(true), id: "i"))).ShouldBe(Outcome.Passed);
        Verdict(both, Case(Piece(Heldout(Auc())))).ShouldBe(Outcome.Inconclusive);
        Verdict(both, Case(Piece(Heldout(Auc(0.82, 0.78, 0.86))), Piece(Invariants(false), id: "i"))).ShouldBe(Outcome.Failed);
        Verdict(both, Case(Piece(Invariants(false), id: "i"), Piece(null, EvidenceState.Unreadable))).ShouldBe(Outcome.Error);
        ((int)Outcome.Error).ShouldBeGreaterThan((int)Outcome.Failed);
        ((int)Outcome.Failed).ShouldBeGreaterThan((int)Outcome.Inconclusive);
        ((int)Outcome.Inconclusive).ShouldBeGreaterThan((int)Outcome.Waived);
        ((int)Outcome.Waived).ShouldBeGreaterThan((int)Outcome.Passed);
    }

    [Fact]
    public void Who_may_have_measured_is_held_to()
    {
        var policy = AucAtLeast(more: "from: [role:evaluator]");
        var workload = Piece(Heldout(Auc()), by: "workload:ci");
        Verdict(policy, Case(workload)).ShouldBe(Outcome.Inconclusive);
        Verdict(policy, Case(workload with { Roles = ["evaluator"] })).ShouldBe(Outcome.Passed);
        Verdict(policy, Case(workload with { Roles = ["evaluator"] }) with { Trainers = ["workload:ci"] }).ShouldBe(Outcome.Inconclusive, "the trainer alone");
    }

    static Outcome Verdict(Policy policy, GateCase about) => Gate.Judge(policy, about).Verdict;
}
