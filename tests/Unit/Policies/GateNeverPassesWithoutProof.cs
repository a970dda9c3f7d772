using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Evidence;
using Assay.Server.Policies;
using Assay.Tests.Builders;
using CsCheck;
using static Assay.Tests.Builders.EvidencePieces;

namespace Assay.Tests.Unit.Policies;

/// <summary>Whatever is measured in whichever order: the gate opens only on believable, fresh evidence whose bound proves the rule.</summary>
public sealed class GateNeverPassesWithoutProof
{
    static readonly Gen<double?> Number = Gen.OneOf(Gen.Double[0, 1].Select(d => (double?)d), Gen.Const((double?)null), Gen.OneOf<double?>(double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1e300));

    static readonly Gen<Metric> AnyMetric = Gen.Select(Number, Number, Number, Gen.Bool, Gen.OneOf<string?>(null, "too_small"), Gen.Double[0.5, 0.999],
        (value, low, high, interval, status, level) => Auc(value, low, high, status: status) with { Interval = interval ? new(level, low, high, null) : null });

    static readonly Gen<EvidenceView> AnyPiece = Gen.Select(AnyMetric.Array[0, 2], Gen.Enum<EvidenceState>(), Gen.Int[0, 60], Gen.OneOf("heldout", "train"), Gen.OneOf<long?>(null, 10, 5000), Gen.Bool, Gen.Int[0, 1000],
        (metrics, state, days, role, rows, other, id) => Piece(state is EvidenceState.Unreadable ? null : Heldout(role, rows, metrics), state, Now.AddDays(-days), other ? Digest.Of("other") : null, id: $"{id}"));

    [Fact]
    public void It_opens_only_on_a_proof() =>
        AnyPiece.Array[0, 4].Sample(pieces =>
        {
            var judged = Gate.Judge(AucAtLeast(), Case([.. pieces.DistinctBy(p => p.Digest)]));
            if (!judged.Verdict.Opens())
                return;
            var used = pieces.First(p => p.Digest == judged.Rules[0].EvidenceDigest);
            used.State.ShouldBe(EvidenceState.Sound);
            used.Subject.ShouldBe(EvidencePieces.Version);
            used.Evaluation!.Dataset!.Role.ShouldBe("heldout");
            used.Evaluation.Dataset.Rows.ShouldBe(5000);
            (Now - used.MeasuredAt).ShouldBeLessThanOrEqualTo(TimeSpan.FromDays(30));
            used.Evaluation.Metrics.ShouldNotBeEmpty();
            used.Evaluation.Metrics.ShouldAllBe(m => double.IsFinite(m.Value!.Value) && m.Interval!.Low >= 0.80 && m.Interval.Level >= 0.9 && m.Status == null);
        });

    [Fact]
    public void The_whole_is_never_better_than_any_deciding_rule() =>
        AnyPiece.Array[0, 4].Sample(pieces =>
        {
            var policy = Policy("""
                  - {evidence: heldout, rules: [{metric: auc, at_least: 0.80}, {metric: auc, at_most: 0.9}]}
                  - {evidence: invariants, rules: [{all: passed}]}
                """);
            var judged = Gate.Judge(policy, Case([.. pieces, Piece(Invariants(true), id: "i")]));
            judged.Verdict.ShouldBe(judged.Rules.Max(r => r.Verdict));
            judged.Rules.Where(r => !r.Verdict.Opens()).ShouldAllBe(r => r.Reason.Length > 0 && r.Mend != null);
        });

    [Fact]
    public void The_order_in_which_evidence_lies_there_does_not_matter() =>
        AnyPiece.Array[0, 5].Sample(pieces =>
        {
            var distinct = pieces.DistinctBy(p => p.Digest).ToArray();
            var one = Gate.Judge(AucAtLeast(), Case(distinct));
            var other = Gate.Judge(AucAtLeast(), Case([.. distinct.Reverse()]));
            other.Verdict.ShouldBe(one.Verdict);
            other.Rules[0].Reason.ShouldBe(one.Rules[0].Reason);
            other.Evidence.ShouldBe(one.Evidence);
        });
}
