using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Client;

/// <summary>The columns of a table, in order.</summary>
public sealed record TableSchema(params IReadOnlyList<Column> Columns)
{
    /// <summary>MLflow's column list as JSON text, as it stands in a model's signature.</summary>
    public string ToColumnSpec() => Array().ToJsonString();

    /// <summary>MLflow's schema of a dataset as JSON text.</summary>
    public string ToDatasetSchema() => new JsonObject { ["mlflow_colspec"] = Array() }.ToJsonString();

    JsonArray Array() => [.. Columns.Select(column => new JsonObject
    {
        ["type"] = JsonNamingPolicy.CamelCase.ConvertName(column.Type.ToString()),
        ["name"] = column.Name,
        ["required"] = column.Required,
    })];
}
