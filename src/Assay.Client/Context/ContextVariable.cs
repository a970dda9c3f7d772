using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Client;

/// <summary><c>MLFLOW_RUN_CONTEXT</c>: a JSON object of run tags that the operator supplies, read by every MLflow client.</summary>
public static class ContextVariable
{
    /// <summary>The variable's name.</summary>
    public const string Name = "MLFLOW_RUN_CONTEXT";

    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The tags in a value of the variable; none when it is blank. Values that are no text are taken as their JSON.</summary>
    /// <exception cref="FormatException">The value is no JSON object: a job template that is wrong must not pass unseen.</exception>
    public static IReadOnlyDictionary<string, string> Read(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return new Dictionary<string, string>();
        try
        {
            var root = JsonElement.Parse(value);
            if (root.ValueKind == JsonValueKind.Object)
                return root.EnumerateObject()
                    .Where(tag => tag.Value.ValueKind is not JsonValueKind.Null)
                    .ToDictionary(tag => tag.Name, tag => tag.Value.ValueKind == JsonValueKind.String ? tag.Value.GetString()! : tag.Value.GetRawText());
        }
        catch (JsonException)
        {
            // Said below, with the form that is wanted.
        }
        throw new FormatException($"{Name} is no JSON object. Wanted tags such as {{\"mlflow.source.git.dirty\":\"false\"}}, found: {value}");
    }

    /// <summary>The value that carries these tags.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, string>> tags)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartObject();
            foreach (var (key, text) in tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
                writer.WriteString(key, text);
            writer.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
