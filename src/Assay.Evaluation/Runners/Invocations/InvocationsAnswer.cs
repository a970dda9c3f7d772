using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners.Endpoints;

namespace Assay.Evaluation.Runners.Invocations;

/// <summary>
/// MLflow's <c>{"predictions": …}</c> as tensors: a list gives the output <c>predictions</c>, a list of objects or an object of lists an output for each name.
/// Objects whose numbers are the probabilities of classes (they add up to 1 in each row) give one output <c>probabilities</c> with the names as its classes.
/// Numbers are float64, because JSON does not say what they were.
/// </summary>
internal static class InvocationsAnswer
{
    const double Whole = 1e-3;

    public static Result<IReadOnlyList<Tensor>> Read(byte[] body, int rows)
    {
        if (EndpointHttp.Json(body) is not JsonObject map || !map.TryGetPropertyValue("predictions", out var predictions))
            return EndpointRefusals.Nonsense("it is no JSON object with predictions");
        var read = predictions switch
        {
            JsonArray { Count: > 0 } list when list.All(item => item is JsonObject) => Records(list),
            JsonArray list => All([Column("predictions", [.. list])]),
            JsonObject columns when columns.Count > 0 => All(columns.Select(c => c.Value is JsonArray values ? Column(c.Key, [.. values]) : EndpointRefusals.Nonsense($"predictions.{c.Key} is no list"))),
            _ => EndpointRefusals.Nonsense("predictions is neither a list nor an object of lists"),
        };
        if (!read.Ok)
            return read;
        return read.Value.FirstOrDefault(t => t.Rows != rows) is { } odd ? ScoreRefusals.Rows(odd.Name, odd.Rows, rows) : read;
    }

    static Result<IReadOnlyList<Tensor>> Records(JsonArray list)
    {
        var names = list[0]!.AsObject().Select(p => p.Key).ToList();
        foreach (var row in list)
            if (row!.AsObject().Count != names.Count || names.Exists(name => !row.AsObject().ContainsKey(name)))
                return EndpointRefusals.Nonsense("the objects in predictions have different names");
        var columns = names.Select(name => Column(name, [.. list.Select(row => row!.AsObject()[name])])).ToList();
        return columns.TrueForAll(c => c.Ok) && Table(names, [.. columns.Select(c => c.Value)]) is { } table ? new List<Tensor> { table } : All(columns);
    }

    static Tensor? Table(List<string> classes, List<Tensor> columns)
    {
        var rows = columns[0].Rows;
        if (columns.Count < 2 || columns.Exists(c => c.Kind != TensorKind.Double || c.Data.Length != rows))
            return null;
        var numbers = new double[rows * columns.Count];
        for (var row = 0; row < rows; row++)
        {
            var sum = 0.0;
            for (var c = 0; c < columns.Count; c++)
            {
                var p = numbers[(row * columns.Count) + c] = columns[c].Number(row);
                if (p is not (>= 0 and <= 1))
                    return null;
                sum += p;
            }
            if (Math.Abs(sum - 1) > Whole)
                return null;
        }
        return new("probabilities", TensorKind.Double, [rows, columns.Count], numbers, classes);
    }

    static Result<Tensor> Column(string name, IReadOnlyList<JsonNode?> values)
    {
        var cells = new List<Cell>();
        IReadOnlyList<int>? shape = null;
        foreach (var value in values)
        {
            var nested = new NestedLists(cells);
            if (!nested.Take(value) || (shape is not null && !shape.SequenceEqual(nested.Shape)))
                return EndpointRefusals.Nonsense($"{name} has rows of different shapes");
            shape ??= nested.Shape;
        }
        return Typed(name, [values.Count, .. shape ?? []], cells);
    }

    static Result<Tensor> Typed(string name, int[] shape, List<Cell> cells)
    {
        if (cells.TrueForAll(c => c.Kind == CellKind.Bool) && cells.Count > 0)
            return new Tensor(name, TensorKind.Bool, shape, cells.Select(c => c.Whole == 1).ToArray());
        if (cells.TrueForAll(c => c.Kind is not CellKind.Text || c.Text is "NaN" or "Infinity" or "-Infinity"))
            return new Tensor(name, TensorKind.Double, shape, cells.Select(Number).ToArray());
        return cells.TrueForAll(c => c.Kind is CellKind.Text or CellKind.Missing) ? new Tensor(name, TensorKind.Text, shape, cells.Select(c => c.Text ?? "").ToArray())
            : EndpointRefusals.Nonsense($"{name} mixes texts and numbers");
    }

    static double Number(Cell cell) => cell.Kind switch
    {
        CellKind.Missing => double.NaN,
        CellKind.Text => double.Parse(cell.Text!, CultureInfo.InvariantCulture),
        _ => cell.Real,
    };

    static Result<IReadOnlyList<Tensor>> All(IEnumerable<Result<Tensor>> tensors)
    {
        var all = new List<Tensor>();
        foreach (var tensor in tensors)
        {
            if (!tensor.Ok)
                return tensor.Refusal!;
            all.Add(tensor.Value);
        }
        return all;
    }
}
