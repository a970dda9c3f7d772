using System.Text.Json.Nodes;

namespace Assay.Client;

/// <summary>A few rows that the model accepts, in the order of the columns; null stands for a missing cell.</summary>
/// <param name="Columns">The columns' names.</param>
/// <param name="Rows">The rows.</param>
public sealed record InputExample(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>MLflow's form: a data frame split into columns and data.</summary>
    internal JsonObject ToJson() => new()
    {
        ["columns"] = new JsonArray([.. Columns.Select(column => JsonValue.Create(column))]),
        ["data"] = new JsonArray([.. Rows.Select(row => new JsonArray([.. row.Select(Cell)]))]),
    };

    static JsonNode? Cell(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        float real => float.IsFinite(real) ? JsonValue.Create((decimal)real) : null,
        double real => double.IsFinite(real) ? JsonValue.Create(real) : null,
        int whole => JsonValue.Create(whole),
        long whole => JsonValue.Create(whole),
        _ => throw new ArgumentException($"An input example holds texts, numbers and booleans; {value.GetType().Name} is none.", nameof(value)),
    };
}
