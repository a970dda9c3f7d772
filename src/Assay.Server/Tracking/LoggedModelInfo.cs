using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Wire;

namespace Assay.Server.Tracking;

/// <summary>What a 2.x <c>log_model</c> says it logged: a JSON object in a text, with the members that MLflow asks for.</summary>
static class LoggedModelInfo
{
    static readonly string[] Members = ["artifact_path", "flavors", "utc_time_created", "run_id"];

    // One level is left for the list that it is kept in. A name that stands twice would be read otherwise by everybody who reads it.
    static readonly JsonDocumentOptions Strict = new() { MaxDepth = (int)WireLimits.Nesting.Most - 1, AllowDuplicateProperties = false };

    public static Result<JsonObject> Read(string text)
    {
        if (WireLimits.ModelJson.Length(text, "model_json") is { } tooLong)
            return tooLong;
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
                return TrackingRefusals.ModelJson("it is no JSON object.");
            if (Members.Where(m => !document.RootElement.TryGetProperty(m, out _)).ToList() is { Count: > 0 } missing)
                return TrackingRefusals.ModelJson($"it lacks {string.Join(", ", missing)}.");
            // Written out once: half a surrogate pair shows here, not when somebody reads it.
            using var written = new MemoryStream();
            using (var json = new Utf8JsonWriter(written))
                document.RootElement.WriteTo(json);
            return JsonNode.Parse(Encoding.UTF8.GetString(written.GetBuffer(), 0, (int)written.Length))!.AsObject();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return TrackingRefusals.ModelJson($"it is not a JSON object ({e.Message}).");
        }
    }
}
