using System.Text.Json.Nodes;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>one_of: [a, b]</c>: every value is one of these; numbers by their value, texts as they are.</summary>
internal sealed record OneOf(IReadOnlyList<string> Texts, IReadOnlyList<double> Values, JsonNode Expected) : IExpectation
{
    public string Kind => "one_of";

    public Finding Judge(IReadOnlyList<Round> rounds) => EachAnswer.Judge(rounds, (Answer answer) =>
    {
        if (answer.Case.Wish.Tensor is not null && answer.Tensor() is { Ok: true, Value: { Kind: TensorKind.Text } output })
        {
            var texts = (string[])output.Data;
            var shown = new JsonArray([.. texts.Take(16).Select(t => JsonValue.Create(t))]);
            return texts.FirstOrDefault(t => !Texts.Contains(t)) is { } other ? Finding.Failed(shown, $"{other} is none of {string.Join(", ", Texts)}") : Finding.Passed(shown);
        }
        return EachAnswer.Numbers([new([answer], null, [])], numbers =>
        {
            var other = Array.FindIndex(numbers.Values, x => !Values.Contains(x));
            return other < 0 ? null : $"{EachAnswer.Place(numbers, other)} is {EachAnswer.Said(numbers.Values[other])}, which is none of {string.Join(", ", Texts)}";
        });
    });
}
