using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Assay.Evaluation.Suites;

/// <summary>YAML as JSON, by the core schema of YAML 1.2: <c>no</c> is a text, and what stands in quotes always is.</summary>
internal static class YamlJson
{
    const int MostNodes = 2_000_000; // an alias may stand for a large thing many times

    public static JsonNode? Of(YamlNode? node)
    {
        var left = MostNodes;
        return Of(node, ref left);
    }

    static JsonNode? Of(YamlNode? node, ref int left)
    {
        if (--left < 0)
            throw new FormatException($"it has more than {MostNodes} values");
        switch (node)
        {
            case YamlMappingNode map:
                var json = new JsonObject();
                foreach (var (key, value) in map.Children)
                    json[(key as YamlScalarNode)?.Value ?? ""] = Of(value, ref left);
                return json;
            case YamlSequenceNode list:
                var items = new JsonArray();
                foreach (var item in list.Children)
                    items.Add(Of(item, ref left));
                return items;
            case YamlScalarNode scalar:
                return Scalar(scalar);
            default:
                return null;
        }
    }

    static JsonValue? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any))
            return JsonValue.Create(text);
        if (text is "" or "~" or "null" or "Null" or "NULL")
            return null;
        if (text is "true" or "True" or "TRUE")
            return JsonValue.Create(true);
        if (text is "false" or "False" or "FALSE")
            return JsonValue.Create(false);
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return JsonValue.Create(whole);
        // JSON has no NaN and no infinity: their names stand for them.
        return text.TrimStart('+') switch
        {
            ".nan" or ".NaN" or ".NAN" => JsonValue.Create("NaN"),
            ".inf" or ".Inf" or ".INF" => JsonValue.Create("Infinity"),
            "-.inf" or "-.Inf" or "-.INF" => JsonValue.Create("-Infinity"),
            _ => (char.IsAsciiDigit(text[^1]) || text[^1] == '.') && text[0] is '-' or '+' or '.' or (>= '0' and <= '9')
                 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) ? JsonValue.Create(real) : JsonValue.Create(text),
        };
    }
}
