using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;

namespace Assay.Server.Evidence;

/// <summary>Values that JSON's grammar lets through but that have no canonical form: numbers beyond a double, text that is no Unicode.</summary>
static class JsonNumbers
{
    public static void Check(JsonNode? node, string path, List<Gap> problems)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map)
                    Check(value, $"{path}.{name}", problems);
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                    Check(list[i], $"{path}[{i}]", problems);
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.Number && !Finite(value):
                problems.Add(new(path, "a number that a double can hold", value.ToJsonString(), "Write null, and say why in 'error'."));
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String && !Unicode(value):
                problems.Add(new(path, "Unicode text", "half of a surrogate pair", "Write whole characters."));
                break;
        }
    }

    static bool Finite(JsonValue value) => double.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out var real) && double.IsFinite(real);

    static bool Unicode(JsonValue value)
    {
        try
        {
            return value.GetValue<string>() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
