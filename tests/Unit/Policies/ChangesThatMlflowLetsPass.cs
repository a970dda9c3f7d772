using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Policies;
using static Assay.Tests.Builders.EvidencePieces;

namespace Assay.Tests.Unit.Policies;

using Evaluation = Assay.Contracts.Evidence.Evaluation;

/// <summary>Three holes of another registry's gate: not a number passes, a negative baseline turns the rule round, not a number throws.</summary>
public sealed class ChangesThatMlflowLetsPass
{
    static readonly Digest Champion = Digest.Of("champion");

    static Outcome Verdict(string rule, double? value, double? baseline, double? delta, double? low, double? high)
    {
        Evaluation measured = Heldout(Auc(value, value - 0.01, value + 0.01) with { Name = "r2", Baseline = baseline, Delta = delta, DeltaInterval = new(0.95, low, high, "paired") }) with { Baseline = Champion };
        return Gate.Judge(Policy($"  - {{evidence: heldout, rules: [{{metric: r2, against: champion, {rule}}}]}}"), Case(Piece(measured)) with { Champion = Champion }).Verdict;
    }

    [Theory]
    [InlineData("change_at_least: -0.05")]
    [InlineData("change_at_most: 0.05")]
    public void A_candidate_or_a_baseline_that_is_no_number_never_passes_and_throws_nothing(string rule)
    {
        Verdict(rule, double.NaN, 0.9, double.NaN, double.NaN, double.NaN).Opens().ShouldBeFalse();
        Verdict(rule, double.NaN, 0.9, 0, -0.01, 0.01).Opens().ShouldBeFalse();
        Verdict(rule, 0.9, double.NaN, double.NaN, double.NaN, double.NaN).Opens().ShouldBeFalse();
        Verdict(rule, 0.9, double.NaN, 0, -0.01, 0.01).Opens().ShouldBeFalse("a difference to what is no number is none");
        Verdict(rule, 0.9, double.PositiveInfinity, 0, -0.01, 0.01).Opens().ShouldBeFalse();
        Verdict(rule, 0.9, 0.9, 0, double.NaN, double.NaN).Opens().ShouldBeFalse();
    }

    [Fact]
    public void Below_zero_worse_is_worse_and_better_is_better()
    {
        Verdict("change_at_least: 0", -0.9, -0.5, -0.4, -0.45, -0.35).ShouldBe(Outcome.Failed);
        Verdict("change_at_least: 0", -0.4, -0.5, 0.1, 0.05, 0.15).ShouldBe(Outcome.Passed);
    }
}
