using System.Text.Json.Nodes;
using Assay.Contracts.Documents;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>sum: {equals, atol, axis}</c>: the numbers of each row add up (axis −1), or all of them (no axis).</summary>
internal sealed record Sum(double Wanted, Tolerance Within, bool EachRow, JsonNode Expected) : IExpectation
{
    public string Kind => "sum";

    public static IExpectation Read(YamlMap map, JsonNode expected, Tolerance usual)
    {
        map.Only("equals", "atol", "rtol", "axis");
        if (map.Number("equals") is not { } wanted)
        {
            map.Wrong("equals", "sum wants equals, a number");
            wanted = 0;
        }
        var axis = map.Whole("axis", -1, 1);
        if (axis == 0)
            map.Wrong("axis", "axis 0 is not measured by this version; wanted -1, or none for the sum of all");
        return new Sum(wanted, Tolerance.Read(map, usual), axis is not null, expected);
    }

    public Finding Judge(IReadOnlyList<Round> rounds) => EachAnswer.Judge(rounds, (Answer answer) =>
    {
        var numbers = answer.Numbers();
        if (!numbers.Ok)
            return Finding.Errored(numbers.Refusal!.Message);
        var sums = EachRow ? numbers.Value.Values.Chunk(numbers.Value.Columns).Select(row => row.Sum()).ToArray() : [numbers.Value.Values.Sum()];
        var wrong = Array.FindIndex(sums, s => !Within.Equal(s, Wanted));
        return wrong < 0 ? Finding.Passed(EachAnswer.Shown(sums))
            : Finding.Failed(EachAnswer.Shown(sums), $"{(sums.Length == 1 ? "the sum" : $"the sum of row {wrong + 1}")} is {EachAnswer.Said(sums[wrong])}, wanted {EachAnswer.Said(Wanted)}");
    });
}
