using System.Text.Json.Nodes;
using Assay.Contracts.Documents;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>monotone: {direction, tolerance}</c>: along the values of <c>vary</c> the score only rises, or only falls.</summary>
internal sealed record Monotone(bool Rises, double Tolerance, JsonNode Expected) : IExpectation
{
    public string Kind => "monotone";

    public static IExpectation Read(YamlMap map, JsonNode expected)
    {
        map.Only("direction", "tolerance");
        var tolerance = map.Number("tolerance") ?? 0;
        if (tolerance < 0)
            map.Wrong("tolerance", "tolerance is at least 0");
        return new Monotone(map.OneOf("direction", "increasing", "decreasing") == "increasing", tolerance, expected);
    }

    public Finding Judge(IReadOnlyList<Round> rounds) => EachAnswer.Judge(rounds, (Round round) =>
    {
        var lines = round.Answers.Select(a => a.Score()).ToList();
        if (lines.FindIndex(l => !l.Ok) is >= 0 and var missing)
            return Finding.Errored($"{round.Answers[missing].Question.Label}: {lines[missing].Refusal!.Message}");
        if (lines.Count < 2)
            return Finding.Errored("monotone needs at least two answers: vary: {column, values} of a base");
        var shown = new JsonArray([.. lines.Select(l => EachAnswer.Shown(l.Value.Values))]);
        for (var i = 1; i < lines.Count; i++)
            for (var row = 0; row < lines[i].Value.Values.Length; row++)
            {
                double before = lines[i - 1].Value.Values[row], after = lines[i].Value.Values[row];
                var step = Rises ? after - before : before - after;
                // Written so that NaN fails.
                if (!(step >= -Tolerance))
                    return Finding.Failed(shown, $"from {round.Answers[i - 1].Question.Label} to {round.Answers[i].Question.Label} the score goes from {EachAnswer.Said(before)} to {EachAnswer.Said(after)}, wanted {(Rises ? "increasing" : "decreasing")}");
            }
        return Finding.Passed(shown);
    });
}
