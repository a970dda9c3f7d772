using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Contracts.Documents;

/// <summary>
/// An object inside a JSON document of somebody else's making. Accessors note what is wrong, with its JSON path, and go on with a default, so
/// that all problems are told at once. Fields that nobody asks for are left alone, as in-toto wants of its consumers.
/// </summary>
public sealed class JsonMap(JsonObject node, string path, List<Gap> problems)
{
    /// <summary>Where this is, such as <c>$.predicate.metrics[0]</c>.</summary>
    public string Path => path;

    /// <summary>The object itself.</summary>
    public JsonObject Node => node;

    /// <summary>Is the field there, with a value that is not null?</summary>
    public bool Has(string field) => node[field] is not null;

    /// <summary>Notes a problem with a field.</summary>
    public void Wrong(string field, string wanted, string found, string mend) => problems.Add(new($"{path}.{field}", wanted, found, mend));

    /// <summary>A text that may be absent.</summary>
    public string? Text(string field)
    {
        if (node[field] is not { } value)
            return null;
        if (value.GetValueKind() is JsonValueKind.String)
            return value.GetValue<string>();
        Wrong(field, "a text", Shown(value), $"Give '{field}' as text.");
        return null;
    }

    /// <summary>A label that may be absent: text, or a number or truth value as it is written.</summary>
    public string? Label(string field) =>
        node[field] is { } value && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? node[field]!.ToJsonString() : Text(field);

    /// <summary>A text that must be there and not be empty.</summary>
    public string NeedText(string field)
    {
        if (Text(field) is { Length: > 0 } text)
            return text;
        if (!Has(field) || node[field]!.GetValueKind() is JsonValueKind.String)
            Wrong(field, "a text", Has(field) ? "an empty text" : "nothing", $"Give '{field}'.");
        return "";
    }

    /// <summary>A number that may be absent; never NaN, never infinite.</summary>
    public double? Number(string field)
    {
        if (node[field] is not { } value)
            return null;
        // A number too large for a double is read as infinite.
        if (value.GetValueKind() is JsonValueKind.Number && double.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out var real) && double.IsFinite(real))
            return real;
        Wrong(field, "a finite JSON number, or null with an error beside it", Shown(value), "Write numbers without quotes; for NaN and infinities write null, and say why in 'error'.");
        return null;
    }

    /// <summary>A whole number of at least 0 that may be absent.</summary>
    public long? Count(string field)
    {
        if (Number(field) is not { } value)
            return null;
        if (value >= 0 && value <= 1L << 53 && Math.Floor(value) == value)
            return (long)value;
        Wrong(field, "a whole number from 0", node[field]!.ToJsonString(), "Count rows or requests.");
        return null;
    }

    /// <summary>A truth value that may be absent.</summary>
    public bool? Truth(string field)
    {
        if (node[field] is not { } value)
            return null;
        if (value.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
            return value.GetValue<bool>();
        Wrong(field, "true or false", Shown(value), "Write true or false without quotes.");
        return null;
    }

    /// <summary>An in-toto digest set that may be absent; only its sha256 counts.</summary>
    public Digest? Sha256(string field)
    {
        if (Map(field) is not { } set)
            return null;
        if (Digest.TryParse(set.NeedText("sha256"), out var digest))
            return digest;
        if (set.Has("sha256"))
            set.Wrong("sha256", "64 lower-case hex digits", Shown(set.Node["sha256"]!), "Give the SHA-256 of the content.");
        return null;
    }

    /// <summary>An object that may be absent.</summary>
    public JsonMap? Map(string field)
    {
        if (node[field] is not { } value)
            return null;
        if (value is JsonObject map)
            return new(map, $"{path}.{field}", problems);
        Wrong(field, "an object", Shown(value), $"Give '{field}' as {{…}}.");
        return null;
    }

    /// <summary>A list of objects; empty when absent.</summary>
    public IReadOnlyList<JsonMap> Maps(string field, int most)
    {
        if (node[field] is not { } value)
            return [];
        if (value is not JsonArray list || list.Count > most)
        {
            Wrong(field, $"a list of at most {most} objects", value is JsonArray long_ ? $"{long_.Count} of them" : Shown(value), $"Give '{field}' as […].");
            return [];
        }
        List<JsonMap> maps = [];
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is JsonObject map)
                maps.Add(new(map, $"{path}.{field}[{i}]", problems));
            else
                problems.Add(new($"{path}.{field}[{i}]", "an object", Shown(list[i]), "Give it as {…}."));
        }
        return maps;
    }

    static string Shown(JsonNode? value)
    {
        var text = value?.ToJsonString() ?? "null";
        return text.Length <= 60 ? text : text[..60] + "…";
    }
}
