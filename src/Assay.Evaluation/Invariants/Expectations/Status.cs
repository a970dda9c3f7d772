using System.Text.Json.Nodes;
using Assay.Contracts;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>status: [400, 422]</c>: what <c>assay serve</c> answers to the input: 200 with a prediction, 400 when the input is refused, 500 when the model fails on it.</summary>
internal sealed record Status(IReadOnlyList<int> Wanted, JsonNode Expected) : IExpectation
{
    public string Kind => "status";

    public Finding Judge(IReadOnlyList<Round> rounds) => EachAnswer.Judge(rounds, (Round round) =>
    {
        foreach (var answer in round.Answers)
        {
            var seen = Of(answer.Outputs.Refusal);
            if (seen is null)
                return Finding.Errored(answer.Outputs.Refusal!.Message);
            if (!Wanted.Contains(seen.Value))
                return Finding.Failed(seen, $"the answer is {seen}, wanted {string.Join(" or ", Wanted)}{(answer.Outputs.Refusal is { } why ? $" ({why.Message})" : "")}");
        }
        return Finding.Passed(Of(round.Answers[0].Outputs.Refusal));
    });

    /// <summary>Null where no server would have lived to answer.</summary>
    static int? Of(Refusal? refusal) => refusal switch
    {
        null => 200,
        { Code: var code } when code.StartsWith("input-", StringComparison.Ordinal) => 400,
        { Code: "model-does-not-run" } => 500,
        _ => null,
    };
}
