using System.Text.Json.Nodes;
using Assay.Contracts.Documents;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>sum: {equals, atol, axis}</c>: the numbers of each row add up (axis −1 or 1), of each column (axis 0), or all of them (no axis).</summary>
internal sealed record Sum(double Wanted, Tolerance Within, long? Axis, JsonNode Expected) : IExpectation
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
        return new Sum(wanted, Tolerance.Read(map, usual), axis, expected);
    }

    public Finding Judge(IReadOnlyList<Round> rounds) => EachAnswer.Judge(rounds, (Answer answer) =>
    {
        var numbers = answer.Numbers();
        if (!numbers.Ok)
            return Finding.Errored(numbers.Refusal!.Message);
        var (values, columns) = numbers.Value;
        double[] sums = Axis switch
        {
            null => [values.Sum()],
            0 => [.. Enumerable.Range(0, columns).Select(c => values.Where((_, i) => i % columns == c).Sum())],
            _ => [.. values.Chunk(columns).Select(row => row.Sum())],
        };
        var wrong = Array.FindIndex(sums, s => !Within.Equal(s, Wanted));
        return wrong < 0 ? Finding.Passed(EachAnswer.Shown(sums))
            : Finding.Failed(EachAnswer.Shown(sums), $"{(sums.Length == 1 ? "the sum" : $"the sum of {(Axis == 0 ? "column" : "row")} {wrong + 1}")} is {EachAnswer.Said(sums[wrong])}, wanted {EachAnswer.Said(Wanted)}");
    });
}
