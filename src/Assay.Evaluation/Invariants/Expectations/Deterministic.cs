using System.Text.Json.Nodes;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>deterministic: {repeat: 3, atol: 0}</c>: asked again, the model answers the same.</summary>
internal sealed record Deterministic(int Times, double Absolute, JsonNode Expected) : IExpectation
{
    public string Kind => "deterministic";

    public int Repeats => Times;

    public Finding Judge(IReadOnlyList<Round> rounds)
    {
        var within = new Tolerance(Absolute, 0, NanOk: true);
        double[][] Seen(Round round) => [.. round.Answers.Select(a => a.Numbers() is { Ok: true } n ? n.Value.Values : [])];
        var missing = rounds.SelectMany(r => r.Answers).Select(a => a.Numbers()).FirstOrDefault(n => !n.Ok);
        if (missing.Refusal is { } refusal)
            return Finding.Errored(refusal.Message);
        var first = Seen(rounds[0]);
        for (var r = 1; r < rounds.Count; r++)
        {
            var again = Seen(rounds[r]);
            for (var a = 0; a < first.Length; a++)
                if (first[a].Length != again[a].Length || !first[a].Zip(again[a]).All(x => within.Equal(x.First, x.Second)))
                    return Finding.Failed(EachAnswer.Shown(again[a]), $"asked {r + 1} times, the model answered differently");
        }
        return Finding.Passed(first is [var only] ? EachAnswer.Shown(only) : true);
    }
}
