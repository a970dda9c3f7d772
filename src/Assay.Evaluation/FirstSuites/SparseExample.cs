using System.Text.Json.Nodes;

namespace Assay.Evaluation.FirstSuites;

/// <summary>SciPy's compressed matrices, as MLflow logs them: <c>data</c>, <c>indices</c>, <c>indptr</c>, <c>shape</c>; by rows (csr) or by columns (csc).</summary>
internal static class SparseExample
{
    const int MostValues = 1_000_000;

    /// <summary>The first rows with all their values, as lists; null when it is no such matrix, or a row is too long.</summary>
    public static JsonArray? Dense(JsonNode? json, bool byColumns, int most)
    {
        if (json is not JsonObject map || Numbers(map["data"]) is not { } data || Numbers(map["indices"]) is not { } indices || Numbers(map["indptr"]) is not { } starts
            || Numbers(map["shape"]) is not [>= 1 and <= int.MaxValue, >= 1 and <= MostValues] || indices.Length != data.Length)
            return null;
        var shape = Numbers(map["shape"])!;
        int rows = (int)Math.Min(shape[0], most), columns = (int)shape[1];
        if (starts.Length != (byColumns ? columns : (int)shape[0]) + 1 || (long)rows * columns > MostValues)
            return null;
        var dense = new double[rows * columns];
        for (var line = 0; line + 1 < starts.Length; line++)
            for (var i = (int)Math.Max(0, starts[line]); i < Math.Min(starts[line + 1], data.Length); i++)
            {
                var (row, column) = byColumns ? (indices[i], line) : ((double)line, (int)indices[i]);
                if (row >= 0 && row < rows && column >= 0 && column < columns)
                    dense[((int)row * columns) + column] += data[i]; // what stands twice adds up
            }
        return new([.. dense.Chunk(columns).Select(row => new JsonArray([.. row.Select(v => JsonValue.Create(v))]))]);
    }

    static double[]? Numbers(JsonNode? node)
    {
        var cells = (node as JsonArray)?.Select(Inputs.Cell.Of).ToList();
        return cells is null || cells.Any(c => c is not { Kind: Inputs.CellKind.Integer or Inputs.CellKind.Real }) ? null : [.. cells.Select(c => c!.Value.Real)];
    }
}
