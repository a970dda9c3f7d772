using System.Text.Json.Nodes;

namespace Assay.Evaluation.Measures.Slices;

/// <summary>What makes a slice: the value of each column, as evidence writes it, or the name of a condition.</summary>
/// <param name="Parts">Column and value; a null value is a missing one.</param>
internal sealed record SliceKey(IReadOnlyList<(string Column, string? Value)> Parts)
{
    /// <summary>As it sorts and as people read it.</summary>
    public string Title { get; } = string.Join(", ", Parts.Select(p => $"{p.Column}={p.Value ?? "null"}"));

    /// <summary>The <c>by</c> of evidence.</summary>
    public JsonObject ToJson()
    {
        var by = new JsonObject();
        foreach (var (column, value) in Parts)
            by[column] = value is null ? null : JsonValue.Create(value);
        return by;
    }
}
