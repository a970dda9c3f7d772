using System.Text.Json.Nodes;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>argmax: 0</c>: the greatest number of each row stands in this column, counted from 0.</summary>
internal sealed record ArgMax(int Column, JsonNode Expected) : IExpectation
{
    public string Kind => "argmax";

    public Finding Judge(IReadOnlyList<Round> rounds) => EachAnswer.Judge(rounds, (Answer answer) =>
    {
        var output = answer.Tensor();
        if (!output.Ok)
            return Finding.Errored(output.Refusal!.Message);
        if (!output.Value.IsNumber || output.Value.Columns < 2)
            return Finding.Errored($"argmax needs an output of several columns; {output.Value.Name} has {output.Value.Columns}");
        var rows = Enumerable.Range(0, output.Value.Data.Length).Select(output.Value.Number).Chunk(output.Value.Columns).ToList();
        int[] best = [.. rows.Select(row => row.Any(double.IsNaN) ? -1 : Array.IndexOf(row, row.Max()))];
        JsonNode shown = best is [var one] ? JsonValue.Create(one) : new JsonArray([.. best.Take(16).Select(b => JsonValue.Create(b))]);
        var wrong = Array.FindIndex(best, b => b != Column);
        return wrong < 0 ? Finding.Passed(shown) : Finding.Failed(shown, best[wrong] < 0 ? $"row {wrong + 1} has NaN" : $"the greatest of row {wrong + 1} stands in column {best[wrong]}, wanted {Column}");
    });
}
