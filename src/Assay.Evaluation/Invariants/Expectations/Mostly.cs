using System.Text.Json.Nodes;
using Assay.Contracts.Documents;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>mostly: {share: 0.95, expect: {between: {max: 1}}}</c>: the expectation holds for at least this share of the rows, each judged by itself.</summary>
internal sealed record Mostly(double Share, IExpectation Each, JsonNode Expected) : IExpectation
{
    /// <summary>What can be said of one row.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["argmax", "between", "class", "finite", "one_of", "regex", "sum", "top_k"];

    public string Kind => "mostly";

    public Finding Judge(IReadOnlyList<Round> rounds) => EachAnswer.Judge(rounds, (Answer answer) =>
    {
        var rows = answer.Question.Input.Value.Rows;
        var held = 0;
        Finding? first = null;
        for (var row = 0; row < rows; row++)
        {
            var finding = Each.Judge([new([answer.Row(row)], null, [])]);
            if (finding.Error is not null)
                return finding;
            held += finding.Ok ? 1 : 0;
            if (!finding.Ok)
                first ??= finding with { Reason = $"row {row + 1}: {finding.Reason}" };
        }
        var share = (double)held / rows;
        return held >= (rows * Share) - 1e-9 ? Finding.Passed(EachAnswer.Shown(share))
            : Finding.Failed(EachAnswer.Shown(share), $"{held} of {rows} rows hold, wanted a share of {EachAnswer.Said(Share)}; {first!.Reason}");
    });
}
