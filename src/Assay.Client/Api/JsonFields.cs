using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Client.Api;

/// <summary>Reads answers field by field: what is absent, or of another type than expected, is null or empty and never an exception.</summary>
static class JsonFields
{
    /// <summary>A text.</summary>
    public static string? Text(this JsonNode? of, string name) => Value(of, name) is { } value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A number.</summary>
    public static double? Number(this JsonNode? of, string name) => Digits(of, name) is { } digits && double.TryParse(digits, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A whole number.</summary>
    public static long? Whole(this JsonNode? of, string name) => Digits(of, name) is { } digits && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A truth value; absent is false.</summary>
    public static bool Truth(this JsonNode? of, string name) => Value(of, name) is { } value && value.TryGetValue<bool>(out var truth) && truth;

    /// <summary>A time (RFC 3339).</summary>
    public static DateTimeOffset? Time(this JsonNode? of, string name) =>
        Text(of, name) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>A mapping.</summary>
    public static JsonObject? Map(this JsonNode? of, string name) => (of as JsonObject)?[name] as JsonObject;

    /// <summary>The mappings in a list.</summary>
    public static IReadOnlyList<JsonObject> Maps(this JsonNode? of, string name) => [.. ((of as JsonObject)?[name] as JsonArray ?? []).OfType<JsonObject>()];

    /// <summary>The texts in a list.</summary>
    public static IReadOnlyList<string> Texts(this JsonNode? of, string name) =>
        [.. ((of as JsonObject)?[name] as JsonArray ?? []).OfType<JsonValue>().Where(v => v.GetValueKind() == JsonValueKind.String).Select(v => v.GetValue<string>())];

    /// <summary>By its text: a node made in this program holds its own type of number, a parsed one any.</summary>
    static string? Digits(JsonNode? of, string name) => Value(of, name) is { } value && value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString() : null;

    static JsonValue? Value(JsonNode? of, string name) => (of as JsonObject)?[name] as JsonValue;
}
