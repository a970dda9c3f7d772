using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Server.Access.Exchange;

/// <summary>JSON that can be read in one way only: a name that stands twice would mean one thing to us and another to who signed it.</summary>
static class SoundJson
{
    /// <summary>The object of these bytes; null when they are none, or a name stands twice anywhere in it.</summary>
    public static JsonObject? Object(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonNode.Parse(bytes, null, new() { AllowDuplicateProperties = false, MaxDepth = 16 }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
