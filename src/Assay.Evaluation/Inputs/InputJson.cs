using System.Text.Json.Nodes;
using Assay.Contracts;

namespace Assay.Evaluation.Inputs;

/// <summary>Reads MLflow's scoring forms (exactly one of <c>dataframe_split</c>, <c>dataframe_records</c>, <c>instances</c>, <c>inputs</c>) and KServe's v2 inputs.</summary>
public static class InputJson
{
    static readonly string[] MlflowForms = ["dataframe_split", "dataframe_records", "instances", "inputs"];

    /// <summary>Reads a body as MLflow's <c>/invocations</c> takes it; <c>params</c> may stand beside the form and is ignored by models without parameters.</summary>
    public static Result<ModelInput> Read(JsonNode? body)
    {
        var found = body is JsonObject map ? MlflowForms.Where(map.ContainsKey).ToList() : [];
        return found is [var form] ? Read(form, body![form]) : InputRefusals.NotOneForm(found, MlflowForms);
    }

    /// <summary>Reads one form.</summary>
    public static Result<ModelInput> Read(string form, JsonNode? value)
    {
        var input = form switch
        {
            "dataframe_split" => Split(value),
            "dataframe_records" => Records(form, value),
            "v2" => V2(value),
            _ when value is JsonArray { Count: > 0 } list && list[0] is JsonObject => Records(form, value),
            _ when value is JsonObject columns && form == "inputs" => Named(columns),
            _ => Tensor(form, null, value).Map(t => new ModelInput([t])),
        };
        return input.Ok ? Even(input.Value) : input;
    }

    static Result<ModelInput> Split(JsonNode? value)
    {
        if (value is not JsonObject map || map["columns"] is not JsonArray names || map["data"] is not JsonArray rows)
            return InputRefusals.Shape("dataframe_split", "an object with the lists columns and data");
        var columns = names.Select(n => n?.ToString() ?? "").ToList();
        if (columns.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            return InputRefusals.ColumnTwice(twice.Key);
        for (var r = 0; r < rows.Count; r++)
            if (rows[r] is not JsonArray row)
                return InputRefusals.Shape("dataframe_split.data", "a list of lists, one for each row");
            else if (row.Count != columns.Count)
                return InputRefusals.RowLength("dataframe_split.data", r + 1, row.Count, columns.Count);
        return Columns(columns.Select((name, c) => (name, rows.Select(row => row!.AsArray()[c]))), rows.Count);
    }

    static Result<ModelInput> Records(string form, JsonNode? value)
    {
        if (value is not JsonArray rows || rows.Any(r => r is not JsonObject))
            return InputRefusals.Shape(form, "a list of objects, one for each row");
        var names = rows.SelectMany(r => r!.AsObject().Select(p => p.Key)).Distinct(StringComparer.Ordinal).ToList();
        return Columns(names.Select(name => (name, rows.Select(row => row!.AsObject()[name]))), rows.Count);
    }

    static Result<ModelInput> Named(JsonObject columns)
    {
        var read = new List<InputColumn>();
        foreach (var (name, value) in columns)
        {
            var column = Tensor(name, name, value is JsonArray ? value : new JsonArray(value?.DeepClone()));
            if (!column.Ok)
                return column.Refusal!;
            read.Add(column.Value);
        }
        return new ModelInput(read);
    }

    static Result<ModelInput> V2(JsonNode? value)
    {
        if (value is not JsonObject map || map["inputs"] is not JsonArray inputs)
            return InputRefusals.Shape("v2", "an object with the list inputs");
        var read = new List<InputColumn>();
        foreach (var input in inputs)
        {
            if (input is not JsonObject tensor || tensor["name"] is not JsonValue name || tensor["shape"] is not JsonArray shape || tensor["data"] is not JsonArray)
                return InputRefusals.Shape("v2.inputs", "a list of objects with name, shape, datatype and data");
            var flat = Tensor(name.ToString(), name.ToString(), tensor["data"]);
            if (!flat.Ok)
                return flat.Refusal!;
            var wanted = shape.Select(d => Cell.Of(d) is { Kind: CellKind.Integer, Whole: > 0 and <= int.MaxValue } cell ? (int)cell.Whole : -1).ToArray();
            if (wanted.Length == 0 || wanted.Contains(-1) || wanted.Aggregate(1L, (product, d) => product * d) != flat.Value.Cells.Length)
                return InputRefusals.Shape($"v2.inputs.{name}.shape", $"a shape of the {flat.Value.Cells.Length} values in data");
            read.Add(flat.Value with { Shape = wanted });
        }
        return new ModelInput(read);
    }

    static Result<ModelInput> Columns(IEnumerable<(string Name, IEnumerable<JsonNode?> Values)> columns, int rows)
    {
        var read = new List<InputColumn>();
        foreach (var (name, values) in columns)
        {
            var cells = new List<Cell>(rows);
            int[]? shape = null;
            foreach (var value in values)
            {
                var nested = new NestedLists(cells);
                if (!nested.Take(value) || (shape is not null && !shape.SequenceEqual(nested.Shape)))
                    return InputRefusals.Ragged(name);
                shape ??= [.. nested.Shape];
            }
            read.Add(new(name, [rows, .. shape ?? []], [.. cells]));
        }
        return new ModelInput(read);
    }

    static Result<InputColumn> Tensor(string field, string? name, JsonNode? value)
    {
        var cells = new List<Cell>();
        var nested = new NestedLists(cells);
        if (value is not JsonArray)
            return InputRefusals.Shape(field, "a list");
        return nested.Take(value) ? new InputColumn(name, [.. nested.Shape], [.. cells]) : InputRefusals.Ragged(field);
    }

    static Result<ModelInput> Even(ModelInput input)
    {
        if (input.Rows == 0)
            return InputRefusals.NoRows();
        return input.Columns.FirstOrDefault(c => c.Shape.Length == 0 || c.Shape[0] != input.Rows) is { } odd
            ? InputRefusals.RowsDiffer(odd.Name ?? "tensor", odd.Shape.FirstOrDefault(), input.Rows)
            : input;
    }
}
