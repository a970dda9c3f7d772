using System.Globalization;
using System.Text.Json;

namespace Assay.Server.Policies;

/// <summary>A JSON value as part of a sentence: no braces, no quotes, figures in four digits, long lists cut with how many there are.</summary>
static class Spoken
{
    const int MostItems = 3;
    const int MostCharacters = 120;

    /// <summary>The value in words; text that is no JSON as it is.</summary>
    public static string Of(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var words = Of(document.RootElement);
            return words.Length <= MostCharacters ? words : words[..MostCharacters] + "…";
        }
        catch (JsonException)
        {
            return json;
        }
    }

    static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(p => $"{p.Name} {Of(p.Value)}")),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Take(MostItems).Select(Of)) + (value.GetArrayLength() > MostItems ? $", … ({value.GetArrayLength()})" : ""),
        JsonValueKind.Number => value.GetDouble().ToString("G4", CultureInfo.InvariantCulture),
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
