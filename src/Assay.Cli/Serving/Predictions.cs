using System.Text.Json.Nodes;
using Assay.Evaluation.Models;

namespace Assay.Cli.Serving;

/// <summary>
/// A model's outputs as MLflow's <c>predictions</c>: a list with one item for each row. One output of one column gives numbers, one of several
/// columns lists, several outputs objects with their names. What JSON cannot say (NaN, infinity) is null.
/// </summary>
internal static class Predictions
{
    public static JsonArray Of(IReadOnlyList<Tensor> outputs, int rows)
    {
        var all = new JsonArray();
        for (var row = 0; row < rows; row++)
        {
            if (outputs is [var only])
            {
                all.Add(Row(only, row));
                continue;
            }
            var named = new JsonObject();
            foreach (var output in outputs)
                named[output.Name] = Row(output, row);
            all.Add(named);
        }
        return all;
    }

    static JsonNode? Row(Tensor output, int row)
    {
        var columns = output.Columns;
        if (row >= output.Rows)
            return null;
        if (output.Classes is { Count: > 0 } classes && classes.Count == columns)
            return new JsonObject(classes.Select((c, i) => KeyValuePair.Create(c, Value(output, (row * columns) + i))));
        return columns == 1 ? Value(output, row) : new JsonArray([.. Enumerable.Range(row * columns, columns).Select(i => Value(output, i))]);
    }

    static JsonNode? Value(Tensor output, int index) => output.Kind switch
    {
        TensorKind.Text => JsonValue.Create(((string[])output.Data)[index]),
        TensorKind.Bool => JsonValue.Create(((bool[])output.Data)[index]),
        TensorKind.Int64 => JsonValue.Create(((long[])output.Data)[index]),
        TensorKind.UInt64 => JsonValue.Create(((ulong[])output.Data)[index]),
        _ => output.Number(index) is var number && double.IsFinite(number) ? JsonValue.Create(output.Plain(number)) : null,
    };
}
