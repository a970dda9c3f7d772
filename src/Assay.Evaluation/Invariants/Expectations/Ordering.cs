using System.Text.Json.Nodes;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>ordering: descending | ascending</c>: the scores of <c>inputs</c>, in their order.</summary>
internal sealed record Ordering(bool Rises, JsonNode Expected) : IExpectation
{
    public string Kind => "ordering";

    public Finding Judge(IReadOnlyList<Round> rounds) => EachAnswer.Judge(rounds, (Round round) =>
    {
        var scores = new List<double>();
        foreach (var answer in round.Answers)
        {
            var score = answer.Score();
            if (!score.Ok)
                return Finding.Errored($"{answer.Question.Label}: {score.Refusal!.Message}".TrimStart(':', ' '));
            scores.AddRange(score.Value.Values);
        }
        if (scores.Count < 2)
            return Finding.Errored("ordering needs at least two scores: inputs: [CASE, CASE]");
        for (var i = 1; i < scores.Count; i++)
            if (!(Rises ? scores[i - 1] <= scores[i] : scores[i - 1] >= scores[i]))
                return Finding.Failed(EachAnswer.Shown(scores), $"{EachAnswer.Said(scores[i - 1])} is followed by {EachAnswer.Said(scores[i])}, wanted {(Rises ? "ascending" : "descending")}");
        return Finding.Passed(EachAnswer.Shown(scores));
    });
}
