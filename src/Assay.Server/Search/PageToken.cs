using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Assay.Contracts;

namespace Assay.Server.Search;

/// <summary>
/// Where a page ended: the sort values of its last row, and which search it belongs to. So a page neither repeats nor leaves out a row
/// when others are written meanwhile, and a token of another search is refused.
/// </summary>
public static class PageToken
{
    /// <summary>A short name for a search: its kind, filter, order and whatever else narrows it.</summary>
    public static string Fingerprint(params IEnumerable<string> parts) => Digest.Of(JsonSerializer.Serialize(parts.ToArray())).Hex[..16];

    public static string Write(string fingerprint, IReadOnlyList<object> values)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(fingerprint);
            foreach (var value in values)
                WriteValue(json, value);
            json.WriteEndArray();
        }
        return Base64Url.EncodeToString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>The values of a token of this search with these types; null when it is none.</summary>
    public static IReadOnlyList<object>? Read(string token, string fingerprint, IReadOnlyList<FieldType> types)
    {
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(token));
            var root = document.RootElement;
            if (root.ValueKind is not JsonValueKind.Array || root.GetArrayLength() != types.Count + 1 || root[0].ValueKind is not JsonValueKind.String || root[0].GetString() != fingerprint)
                return null;
            var values = types.Select((type, i) => ReadValue(root[i + 1], type)).OfType<object>().ToList();
            return values.Count == types.Count ? values : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return null;
        }
    }

    static void WriteValue(Utf8JsonWriter json, object value)
    {
        if (value is string text)
            json.WriteStringValue(text);
        else if (value is long whole)
            json.WriteNumberValue(whole);
        else
            json.WriteNumberValue((double)value);
    }

    static object? ReadValue(JsonElement value, FieldType type) => type switch
    {
        FieldType.Text => value.ValueKind is JsonValueKind.String && value.GetString() is { } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null,
        FieldType.Whole => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var whole) ? whole : null,
        _ => value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var real) ? real : null,
    };
}
