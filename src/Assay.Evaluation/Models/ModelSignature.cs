using System.Text.Json.Nodes;

namespace Assay.Evaluation.Models;

/// <summary>One named column of a signature.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">MLflow's type, such as <c>double</c>.</param>
/// <param name="Required">Must it be given?</param>
public sealed record SignatureColumn(string Name, string Type, bool Required);

/// <summary>MLflow's model signature: the columns in their order, or nothing but tensors.</summary>
/// <param name="Inputs">The named columns; empty for a signature of tensors without names.</param>
public sealed record ModelSignature(IReadOnlyList<SignatureColumn> Inputs)
{
    /// <summary>Reads the JSON text of <c>signature.inputs</c>; throws <see cref="FormatException"/> when it is something else.</summary>
    public static ModelSignature Parse(string json)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(json);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new FormatException($"signature.inputs is no JSON: {e.Message}", e);
        }
        if (node is not JsonArray list)
            throw new FormatException("signature.inputs is no JSON list");
        var columns = new List<SignatureColumn>();
        foreach (var item in list)
        {
            if (item is not JsonObject column)
                throw new FormatException("signature.inputs has an item that is no object");
            if (column["name"] is not JsonValue name)
                continue; // a tensor without a name
            var required = column["required"] is JsonValue r ? r.GetValueKind() != System.Text.Json.JsonValueKind.False
                : !(column["optional"] is JsonValue o && o.GetValueKind() == System.Text.Json.JsonValueKind.True);
            columns.Add(new(name.ToString(), column["type"]?.ToString() ?? "", required));
        }
        return new(columns);
    }
}
