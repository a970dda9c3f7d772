using System.Text.Json.Nodes;
using Assay.Contracts.Documents;
using Assay.Evaluation.Runners;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>top_k: {k: 3, contains: [cat]}</c>: these classes are among the k greatest of each row. A class is its name, or its column from 0.</summary>
internal sealed record TopK(int Count, IReadOnlyList<string> Wanted, JsonNode Expected) : IExpectation
{
    public string Kind => "top_k";

    public static IExpectation Read(YamlMap map, JsonNode expected)
    {
        map.Only("k", "contains");
        var count = (int)(map.Whole("k", 1, 1_000_000) ?? 1);
        var wanted = map.Texts("contains");
        if (!map.Has("k") || wanted.Count == 0 || wanted.Count > count)
            map.Wrong("contains", "top_k wants k, and contains with at most k classes");
        return new TopK(count, wanted, expected);
    }

    public Finding Judge(IReadOnlyList<Round> rounds) => EachAnswer.Judge(rounds, (Answer answer) =>
    {
        var output = answer.Tensor();
        if (!output.Ok)
            return Finding.Errored(output.Refusal!.Message);
        if (!output.Value.IsNumber || output.Value.Columns < 2)
            return Finding.Errored($"top_k needs an output of several columns; {output.Value.Name} has {output.Value.Columns}");
        var classes = Scores.ClassesOf(output.Value, answer.Face);
        if (Wanted.FirstOrDefault(w => !classes.Contains(w)) is { } unknown)
            return Finding.Errored($"there is no class '{unknown}'; known are {string.Join(", ", classes.Take(20))}");
        for (var row = 0; row < output.Value.Rows; row++)
        {
            double[] numbers = [.. Enumerable.Range(row * output.Value.Columns, output.Value.Columns).Select(output.Value.Number)];
            if (numbers.Any(double.IsNaN))
                return Finding.Failed(null, $"row {row + 1} has NaN");
            // Equal numbers stand in the order of their columns, so that the answer is the same each time.
            List<string> best = [.. numbers.Index().OrderByDescending(n => n.Item).ThenBy(n => n.Index).Take(Count).Select(n => classes[n.Index])];
            var shown = new JsonArray([.. best.Take(16).Select(b => JsonValue.Create(b))]);
            if (Wanted.FirstOrDefault(w => !best.Contains(w)) is { } missing)
                return Finding.Failed(shown, $"the {Count} greatest of row {row + 1} are {string.Join(", ", best.Take(16))}, without {missing}");
            if (row == output.Value.Rows - 1)
                return Finding.Passed(shown);
        }
        return Finding.Errored("the answer is empty");
    });
}
