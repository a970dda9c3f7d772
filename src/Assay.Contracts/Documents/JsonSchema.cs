using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Assay.Contracts.Documents;

/// <summary>
/// Checks JSON against a schema (JSON Schema 2020-12), for the keywords that our own schemas use. A keyword that it does not know is an exception and no
/// silence, for what is not checked would look valid.
/// </summary>
public sealed class JsonSchema
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    readonly JsonObject root;

    JsonSchema(JsonObject root) => this.root = root;

    /// <summary>Takes a schema; throws <see cref="FormatException"/> when the text is no JSON object.</summary>
    public static JsonSchema Parse(string text)
    {
        try
        {
            return new(JsonNode.Parse(text) as JsonObject ?? throw new FormatException("a schema is a JSON object"));
        }
        catch (JsonException e)
        {
            throw new FormatException($"the schema is no JSON: {e.Message}", e);
        }
    }

    /// <summary>All that is wrong, each with its path; nothing when the JSON keeps to the schema.</summary>
    public IReadOnlyList<string> Problems(JsonNode? json)
    {
        var problems = new List<string>();
        Check(json, root, "$", problems);
        return problems;
    }

    void Check(JsonNode? json, JsonObject schema, string at, List<string> problems)
    {
        foreach (var (keyword, value) in schema)
            Check(json, schema, keyword, value!, at, problems);
    }

    void Check(JsonNode? json, JsonObject schema, string keyword, JsonNode value, string at, List<string> problems)
    {
        void Wrong(string why) => problems.Add($"{at} {why}");
        var (map, list) = (json as JsonObject, json as JsonArray);
        switch (keyword)
        {
            case "$schema" or "$id" or "$defs" or "title" or "description" or "then" or "else":
                break;
            case "$ref":
                Check(json, Target((string)value!), at, problems);
                break;
            case "type":
                string[] types = value is JsonArray several ? [.. several.Select(t => (string)t!)] : [(string)value!];
                if (!types.Any(t => IsOf(json, t)))
                    Wrong($"is {Shown(json)}; wanted {string.Join(" or ", types)}");
                break;
            case "enum":
                if (!value.AsArray().Any(v => JsonNode.DeepEquals(v, json)))
                    Wrong($"is {Shown(json)}; wanted one of {value.ToJsonString()}");
                break;
            case "const":
                if (!JsonNode.DeepEquals(value, json))
                    Wrong($"is {Shown(json)}; wanted {value.ToJsonString()}");
                break;
            case "required":
                foreach (var name in value.AsArray().Select(n => (string)n!))
                    if (map is not null && !map.ContainsKey(name))
                        Wrong($"has no '{name}'");
                break;
            case "properties":
                foreach (var (name, its) in value.AsObject())
                    if (map is not null && map.TryGetPropertyValue(name, out var property))
                        Check(property, its!.AsObject(), $"{at}.{name}", problems);
                break;
            case "additionalProperties" when value.GetValueKind() == JsonValueKind.False:
                foreach (var name in map?.Select(p => p.Key) ?? [])
                    if (schema["properties"]?[name] is null)
                        Wrong($"has '{name}', which is not expected");
                break;
            case "minProperties":
                if (map?.Count < (int)value)
                    Wrong($"has fewer than {(int)value} properties");
                break;
            case "items":
                for (var i = 0; i < list?.Count; i++)
                    Check(list[i], value.AsObject(), $"{at}[{i}]", problems);
                break;
            case "minItems" or "maxItems":
                if (list is not null && (keyword == "minItems" ? list.Count < (int)value : list.Count > (int)value))
                    Wrong($"has {list.Count} items; wanted {(keyword == "minItems" ? "at least" : "at most")} {(int)value}");
                break;
            case "minLength":
                if (Text(json)?.Length < (int)value)
                    Wrong("is empty");
                break;
            case "pattern":
                if (Text(json) is { } text && !Regex.IsMatch(text, (string)value!, RegexOptions.CultureInvariant, Patience))
                    Wrong($"is {Shown(json)}; wanted {(string)value!}");
                break;
            case "minimum" or "exclusiveMinimum" or "exclusiveMaximum":
                if (Number(json) is { } number && !(keyword switch { "minimum" => number >= (double)value, "exclusiveMinimum" => number > (double)value, _ => number < (double)value }))
                    Wrong($"is {Shown(json)}; {keyword} is {value.ToJsonString()}");
                break;
            case "not":
                if (Holds(json, value))
                    Wrong("has what it must not have");
                break;
            case "anyOf":
                if (!value.AsArray().Any(s => Holds(json, s!)))
                    Wrong($"keeps to none of {value.ToJsonString()}");
                break;
            case "allOf":
                foreach (var one in value.AsArray())
                    Check(json, one!.AsObject(), at, problems);
                break;
            case "if":
                if (schema[Holds(json, value) ? "then" : "else"] is JsonObject branch)
                    Check(json, branch, at, problems);
                break;
            default:
                throw new NotSupportedException($"the schema's keyword '{keyword}' is not checked here");
        }
    }

    bool Holds(JsonNode? json, JsonNode schema)
    {
        var problems = new List<string>();
        Check(json, schema.AsObject(), "$", problems);
        return problems.Count == 0;
    }

    JsonObject Target(string reference) => reference.StartsWith("#/$defs/", StringComparison.Ordinal) && root["$defs"]?[reference["#/$defs/".Length..]] is JsonObject target
        ? target : throw new NotSupportedException($"the schema's reference '{reference}' leads nowhere");

    static bool IsOf(JsonNode? json, string type) => json?.GetValueKind() switch
    {
        null or JsonValueKind.Null => type == "null",
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        _ => type == "number" || (type == "integer" && Number(json) is { } number && number == Math.Truncate(number)),
    };

    static string? Text(JsonNode? json) => json?.GetValueKind() == JsonValueKind.String ? (string)json! : null;

    static double? Number(JsonNode? json) => json?.GetValueKind() == JsonValueKind.Number ? double.Parse(json.ToJsonString(), CultureInfo.InvariantCulture) : null;

    static string Shown(JsonNode? json) => json?.ToJsonString() is not { } text ? "null" : text.Length > 60 ? text[..60] + "…" : text;
}
