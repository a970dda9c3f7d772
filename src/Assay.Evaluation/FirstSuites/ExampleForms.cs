using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Evaluation.Inputs;

namespace Assay.Evaluation.FirstSuites;

/// <summary>The forms in which MLflow has written <c>input_example.json</c> over the years.</summary>
internal static class ExampleForms
{
    static readonly string[] Bodies = ["dataframe_split", "dataframe_records", "instances", "inputs"];

    /// <summary>Reads an example.</summary>
    /// <param name="json">What the file holds, without the parameters.</param>
    /// <param name="type"><c>dataframe</c>, <c>ndarray</c>, <c>sparse_matrix_csr</c>, <c>sparse_matrix_csc</c>, <c>json_object</c>; null when the MLmodel does not say.</param>
    /// <param name="orient">How pandas wrote a table: <c>split</c>, <c>values</c>, <c>records</c>; null when the MLmodel does not say.</param>
    /// <param name="mostSparse">How many rows of a sparse matrix to take.</param>
    public static Result<ModelInput> Read(JsonNode? json, string? type, string? orient, int mostSparse) => (type, json) switch
    {
        ("sparse_matrix_csr" or "sparse_matrix_csc", _) => SparseExample.Dense(json, type == "sparse_matrix_csc", mostSparse) is { } rows
            ? InputJson.Read("inputs", rows) : InputRefusals.Shape("the example", "a sparse matrix with data, indices, indptr and shape"),
        // Arrays, and what somebody wrote by hand, are a body of /invocations already.
        (_, JsonObject map) when Bodies.Count(map.ContainsKey) == 1 && orient is null => InputJson.Read(map),
        (_, JsonObject map) when map["data"] is JsonArray data && (orient is "split" or "values" || map["columns"] is JsonArray) =>
            map["columns"] is JsonArray ? InputJson.Read("dataframe_split", Split(map)) : InputJson.Read("inputs", data),
        // One row, or columns of rows.
        (_, JsonObject map) when map.All(p => p.Value is JsonArray) => InputJson.Read("inputs", map),
        (_, JsonObject map) => InputJson.Read("dataframe_records", new JsonArray(map.DeepClone())),
        (_, JsonArray { Count: > 0 } list) when list[0] is JsonObject => InputJson.Read("dataframe_records", list),
        (_, JsonArray list) => InputJson.Read("inputs", list),
        _ => InputRefusals.Shape("the example", "a list or an object"),
    };

    static JsonObject Split(JsonObject map) => new() { ["columns"] = map["columns"]!.DeepClone(), ["data"] = map["data"]!.DeepClone() };
}
