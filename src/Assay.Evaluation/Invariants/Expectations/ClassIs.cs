using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Documents;
using Assay.Evaluation.Runners;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary>
/// <c>class: {equals, threshold}</c>: the class that the answer means. Of two classes it is the positive one when the score reaches the threshold (0.5);
/// of more the one with the greatest probability. A single score of a model that names no classes is taken as the score of the class that the suite
/// names, unless that is 0, false or negative.
/// </summary>
internal sealed record ClassIs(string Class, double? Threshold, JsonNode Expected) : IExpectation
{
    public string Kind => "class";

    public static IExpectation Read(YamlMap map, JsonNode expected)
    {
        map.Only("equals", "threshold");
        return new ClassIs(map.Text("equals"), map.Number("threshold"), expected);
    }

    public Finding Judge(IReadOnlyList<Round> rounds) => EachAnswer.Judge(rounds, (Answer answer) =>
    {
        var predicted = Predicted(answer);
        if (!predicted.Ok)
            return Finding.Errored(predicted.Refusal!.Message);
        JsonNode shown = predicted.Value is [var one] ? JsonValue.Create(one) : new JsonArray([.. predicted.Value.Take(16).Select(p => JsonValue.Create(p))]);
        var wrong = Array.FindIndex(predicted.Value, p => p != Class);
        return wrong < 0 ? Finding.Passed(shown) : Finding.Failed(shown, $"{(predicted.Value.Length == 1 ? "the answer" : $"row {wrong + 1}")} is {predicted.Value[wrong]}, wanted {Class}");
    });

    Result<string[]> Predicted(Answer answer)
    {
        var output = answer.Tensor();
        if (output is { Ok: true, Value.Columns: > 2 } && answer.Case.Wish.Class is null)
            return Greatest(output.Value, Scores.ClassesOf(output.Value, answer.Face));
        var score = answer.Score();
        return score.Map(s => s.Values.Select(value => Of(s, value)).ToArray());
    }

    string Of(ScoreColumn score, double value)
    {
        if (!double.IsFinite(value))
            return "no class";
        var over = value >= (Threshold ?? 0.5);
        var negative = Class.ToUpperInvariant() is "0" or "FALSE" or "NEGATIVE";
        var positive = score.Class ?? (negative ? $"not {Class}" : Class);
        if (over)
            return positive;
        var other = score.Classes.Count == 2 && score.Classes.Contains(positive) ? score.Classes.First(c => c != positive) : null;
        return other ?? (positive == Class ? $"not {Class}" : Class);
    }

    static string[] Greatest(Models.Tensor output, IReadOnlyList<string> classes) => [.. Enumerable.Range(0, output.Rows).Select(row =>
    {
        var best = 0;
        for (var c = 0; c < output.Columns; c++)
        {
            if (!double.IsFinite(output.Number((row * output.Columns) + c)))
                return "no class";
            best = output.Number((row * output.Columns) + c) > output.Number((row * output.Columns) + best) ? c : best;
        }
        return classes[best];
    })];
}
