using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Assay.Client;

/// <summary>The <c>MLmodel</c> file: what the folder is, who made it, what it takes and gives. One description, as YAML here and as JSON on the wire.</summary>
static class MLmodelFile
{
    public const string Weights = "model.onnx";
    public const string Example = "input_example.json";

    public static JsonObject Describe(OnnxModel model, string artifactPath, string? runId, DateTimeOffset madeAt)
    {
        var described = new JsonObject
        {
            ["artifact_path"] = artifactPath,
            ["flavors"] = new JsonObject { ["onnx"] = Onnx(), ["python_function"] = Python() },
            ["mlflow_version"] = ScoringEnvironment.Mlflow,
            ["model_size_bytes"] = model.File is { } file ? new FileInfo(file).Length : model.Bytes.Length,
            ["model_uuid"] = Guid.NewGuid().ToString("N"),
        };
        if (model.Metadata.Count > 0)
            described["metadata"] = new JsonObject(model.Metadata.OrderBy(fact => fact.Key, StringComparer.Ordinal)
                .Select(fact => KeyValuePair.Create(fact.Key, (JsonNode?)JsonValue.Create(fact.Value))));
        if (runId is not null)
            described["run_id"] = runId;
        if (model.Example is not null)
            described["saved_input_example_info"] = new JsonObject { ["artifact_path"] = Example, ["pandas_orient"] = "split", ["type"] = "dataframe" };
        described["signature"] = new JsonObject
        {
            ["inputs"] = model.Signature.Inputs.ToColumnSpec(),
            ["outputs"] = model.Signature.Outputs.ToColumnSpec(),
            ["params"] = null,
        };
        described["utc_time_created"] = madeAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        return described;
    }

    static JsonObject Onnx() => new()
    {
        ["code"] = null,
        ["data"] = Weights,
        ["onnx_version"] = ScoringEnvironment.Onnx,
        ["providers"] = new JsonArray("CPUExecutionProvider"),
    };

    static JsonObject Python() => new()
    {
        ["data"] = Weights,
        ["env"] = new JsonObject { ["conda"] = "conda.yaml", ["virtualenv"] = "python_env.yaml" },
        ["loader_module"] = "mlflow.onnx",
        ["python_version"] = ScoringEnvironment.Python,
    };

    /// <summary>YAML of maps, lists of texts, texts, numbers and null: all that this file needs.</summary>
    public static string Yaml(JsonObject described)
    {
        var text = new StringBuilder();
        Write(text, described, indent: 0);
        return text.ToString();
    }

    static void Write(StringBuilder to, JsonObject map, int indent)
    {
        foreach (var (key, value) in map)
        {
            to.Append(' ', indent).Append(key).Append(':');
            switch (value)
            {
                case JsonObject inner:
                    to.Append('\n');
                    Write(to, inner, indent + 2);
                    break;
                case JsonArray list:
                    to.Append('\n');
                    foreach (var item in list)
                        to.Append(' ', indent).Append("- ").Append(Scalar(item)).Append('\n');
                    break;
                default:
                    to.Append(' ').Append(Scalar(value)).Append('\n');
                    break;
            }
        }
    }

    /// <summary>Texts in single quotes (a quote inside is doubled): no text can then be taken for a number, a date or a null.</summary>
    static string Scalar(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue text when text.TryGetValue<string>(out var plain) => Text(plain),
        _ => value.ToJsonString(),
    };

    static string Text(string plain) => plain.Any(char.IsControl)
        ? JsonValue.Create(plain).ToJsonString()
        : $"'{plain.Replace("'", "''", StringComparison.Ordinal)}'";
}
