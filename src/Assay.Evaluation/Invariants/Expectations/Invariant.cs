using System.Text.Json.Nodes;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>invariant: {atol, rtol}</c>: what <c>perturb</c> or <c>vary</c> changes must not change the answer to the base.</summary>
internal sealed record Invariant(Tolerance Within, JsonNode Expected) : IExpectation
{
    public string Kind => "invariant";

    public Finding Judge(IReadOnlyList<Round> rounds) => EachAnswer.Judge(rounds, (Round round) =>
    {
        if (round.Base is null)
            return Finding.Errored("invariant needs a base and what to perturb in it");
        var wanted = round.Base.Numbers();
        if (!wanted.Ok)
            return Finding.Errored(wanted.Refusal!.Message);
        return EachAnswer.Judge([round], (Answer answer) =>
        {
            var seen = answer.Numbers();
            if (!seen.Ok)
                return Finding.Errored(seen.Refusal!.Message);
            double[] a = seen.Value.Values, b = wanted.Value.Values;
            if (b.Length == 0 || a.Length % b.Length != 0)
                return Finding.Errored($"the answer has {a.Length} numbers, the base {b.Length}");
            // duplicate_row asks for the base's rows several times over: each copy must get the base's answer.
            for (var i = 0; i < a.Length; i++)
                if (!Within.Equal(a[i], b[i % b.Length]))
                    return Finding.Failed(EachAnswer.Shown(a), $"{EachAnswer.Place(seen.Value, i)} is {EachAnswer.Said(a[i])}, the base has {EachAnswer.Said(b[i % b.Length])}");
            return Finding.Passed(EachAnswer.Shown(a));
        });
    });
}
