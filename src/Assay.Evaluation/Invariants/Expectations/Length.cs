using System.Text.Json.Nodes;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>length: 3</c>: the answer has so many rows.</summary>
internal sealed record Length(int Wanted, JsonNode Expected) : IExpectation
{
    public string Kind => "length";

    public Finding Judge(IReadOnlyList<Round> rounds) => EachAnswer.Judge(rounds, (Answer answer) =>
    {
        var output = answer.Tensor();
        if (!output.Ok)
            return Finding.Errored(output.Refusal!.Message);
        return output.Value.Rows == Wanted ? Finding.Passed(Wanted) : Finding.Failed(output.Value.Rows, $"{output.Value.Name} has {output.Value.Rows} rows, wanted {Wanted}");
    });
}
