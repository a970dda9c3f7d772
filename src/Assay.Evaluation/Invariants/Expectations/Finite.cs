using System.Text.Json.Nodes;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>finite: true</c>: no NaN and no infinity, in the output that the suite names, else in every output.</summary>
internal sealed record Finite(JsonNode Expected) : IExpectation
{
    public string Kind => "finite";

    public Finding Judge(IReadOnlyList<Round> rounds) => EachAnswer.Judge(rounds, (Answer answer) =>
    {
        var named = answer.Case.Wish.Tensor is null ? null : (Contracts.Result<Tensor>?)answer.Tensor();
        if (named is { Ok: false } missing)
            return Finding.Errored(missing.Refusal!.Message);
        var looked = named is { } tensor ? [tensor.Value] : answer.Outputs.Value;
        foreach (var output in looked.Where(o => o.IsReal))
            for (var i = 0; i < output.Data.Length; i++)
                if (!double.IsFinite(output.Number(i)))
                    return Finding.Failed(null, $"{output.Name} has {EachAnswer.Said(output.Number(i))} in row {(i / Math.Max(1, output.Columns)) + 1}");
        return Finding.Passed(true);
    });
}
