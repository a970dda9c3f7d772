using System.Text.Json;
using Assay.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Mlflow;

/// <summary>
/// Reads the arguments of a request with all of MLflow's leniencies (ids as numbers, int64 as texts, names in either case style, null and
/// unknown fields as absent) and notes everything that is wrong; a reader never throws, and its value does not count once something is wrong.
/// </summary>
public readonly struct MlflowArguments
{
    readonly JsonElement json;
    readonly IQueryCollection? query;
    readonly RouteValueDictionary? route;
    readonly List<string> wrong;
    readonly string? parent;
    readonly int index;

    internal MlflowArguments(JsonElement json, IQueryCollection? query, RouteValueDictionary? route) =>
        (this.json, this.query, this.route, wrong, index) = (json, query, route, [], -1);

    MlflowArguments(JsonElement json, List<string> wrong, string parent, int index) =>
        (this.json, this.wrong, this.parent, this.index) = (json, wrong, parent, index);

    /// <summary>Everything that is wrong so far, or null.</summary>
    public Refusal? Refusal => wrong.Count == 0 ? null : new(RefusalKind.Invalid, "bad-arguments", string.Join(" ", wrong), "See the API documentation for this route's parameters.");

    /// <summary>A text that must be there; an empty one counts as missing.</summary>
    public string Required(string name, string? alias = null)
    {
        var text = Text(name) ?? (alias is null ? null : Text(alias));
        return string.IsNullOrEmpty(text) ? Missing(name) : text;
    }

    /// <summary>An id that must be there: a text, or a whole number that stands for it.</summary>
    public string RequiredId(string name, string? alias = null)
    {
        var text = Id(name) ?? (alias is null ? null : Id(alias));
        return string.IsNullOrEmpty(text) ? Missing(name) : text;
    }

    /// <summary>The run's id, under its new or its old name.</summary>
    public string RunId() => Required("run_id", "run_uuid");

    /// <summary>A text that must be there but may be empty.</summary>
    public string Present(string name) => Text(name) ?? Missing(name);

    /// <summary>A text, or null.</summary>
    public string? Text(string name)
    {
        if (Given(name) is { } given)
            return Sound(name, given);
        if (!Find(name, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.String)
            return MlflowValues.TryText(value, out var text) ? text : Unsound(name);
        Invalid(name, value, "wanted a text.");
        return null;
    }

    /// <summary>An id: a text, or a whole number that stands for it.</summary>
    public string? Id(string name) =>
        Given(name) is null && Find(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetRawText() : Text(name);

    /// <summary>A whole number of 64 bits, or its decimal text; null when absent.</summary>
    public long? Int(string name)
    {
        if (Given(name) is { } given)
        {
            if (MlflowValues.TryInt(given, out var parsed))
                return parsed;
            Invalid(name, given, "wanted a whole number of 64 bits.");
            return null;
        }
        if (!Find(name, out var value))
            return null;
        if (MlflowValues.TryInt(value, out var number))
            return number;
        Invalid(name, value, "wanted a whole number of 64 bits.");
        return null;
    }

    /// <summary>A whole number that must be there.</summary>
    public long RequiredInt(string name)
    {
        var before = wrong.Count;
        var value = Int(name);
        if (value is null && wrong.Count == before)
            Missing(name);
        return value ?? 0;
    }

    /// <summary>A number that must be there, or one of the texts NaN, Infinity, -Infinity.</summary>
    public double RequiredReal(string name)
    {
        if (Given(name) is { } given)
        {
            if (MlflowValues.TryReal(given, out var parsed))
                return parsed;
            Invalid(name, given, "wanted a number.");
        }
        else if (!Find(name, out var value))
            Missing(name);
        else if (MlflowValues.TryReal(value, out var number))
            return number;
        else
            Invalid(name, value, "wanted a number.");
        return 0;
    }

    /// <summary>true or false in any case, as JSON or as text; null when absent.</summary>
    public bool? Bool(string name)
    {
        if (Given(name) is null && Find(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        var text = Text(name);
        if (text is null or "")
            return null;
        if (bool.TryParse(text, out var parsed))
            return parsed;
        Invalid(name, text, "wanted true or false.");
        return null;
    }

    /// <summary>One of the words of an enum, given by word (any case) or by number; null when absent.</summary>
    public string? Choice(string name, IReadOnlyDictionary<string, long> words)
    {
        var text = Id(name);
        if (string.IsNullOrEmpty(text))
            return null;
        foreach (var (word, number) in words)
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase) || text == number.ToString(System.Globalization.CultureInfo.InvariantCulture))
                return word;
        Invalid(name, text, $"wanted one of {string.Join(", ", words.Keys)}.");
        return null;
    }

    /// <summary>A list of texts: repeated in a query, an array in a body; a single text counts as a list of one.</summary>
    public IReadOnlyList<string> Texts(string name, bool ids = false)
    {
        if (query is not null && query.TryGetValue(name, out var given))
        {
            foreach (var text in given)
                Sound(name, text!);
            return [.. given.Where(v => v is not null)!];
        }
        if (!Find(name, out var value))
            return [];
        if (value.ValueKind is JsonValueKind.String)
            return [Text(name) ?? ""];
        if (value.ValueKind is not JsonValueKind.Array)
        {
            Invalid(name, value, "wanted a list.");
            return [];
        }
        List<string> texts = new(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind is JsonValueKind.String)
                texts.Add(MlflowValues.TryText(item, out var text) ? text : Unsound($"{name}[{texts.Count}]") ?? "");
            else if (ids && item.ValueKind is JsonValueKind.Number)
                texts.Add(item.GetRawText());
            else
                Invalid($"{name}[{texts.Count}]", item, "wanted a text.");
        }
        return texts;
    }

    /// <summary>A list of objects; empty when absent.</summary>
    public IReadOnlyList<MlflowArguments> Objects(string name)
    {
        if (!Find(name, out var value))
            return [];
        if (value.ValueKind is not JsonValueKind.Array)
        {
            Invalid(name, value, "wanted a list of objects.");
            return [];
        }
        List<MlflowArguments> objects = new(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind is JsonValueKind.Object)
                objects.Add(new(item, wrong, Path(name), objects.Count));
            else
                Invalid($"{name}[{objects.Count}]", item, "wanted an object.");
        }
        return objects;
    }

    /// <summary>A nested object, or null.</summary>
    public MlflowArguments? Object(string name)
    {
        if (!Find(name, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.Object)
            return new(value, wrong, Path(name), -1);
        Invalid(name, value, "wanted an object.");
        return null;
    }

    /// <summary>Tags or params: a list of key and value, the value possibly empty.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(string name) => [.. Objects(name).Select(o => KeyValuePair.Create(o.Required("key"), o.Present("value")))];

    /// <summary>Notes that a parameter is missing.</summary>
    public string Missing(string name)
    {
        wrong.Add($"Missing value for required parameter '{Path(name)}'.");
        return "";
    }

    /// <summary>Notes something else that is wrong, in words of its own.</summary>
    public void Wrong(string what) => wrong.Add(what);

    /// <summary>Notes that a text or number is not what the parameter takes.</summary>
    public void Invalid(string name, string value, string why) => wrong.Add($"Invalid value {MlflowValues.Quoted(value)} for parameter '{Path(name)}' supplied: {why}");

    /// <inheritdoc cref="Invalid(string, string, string)"/>
    public void Invalid(string name, long value, string why) => wrong.Add($"Invalid value {value} for parameter '{Path(name)}' supplied: {why}");

    void Invalid(string name, JsonElement value, string why) => wrong.Add($"Invalid value {MlflowValues.Shown(value)} for parameter '{Path(name)}' supplied: {why}");

    string Sound(string name, string text) => text.Contains('\0', StringComparison.Ordinal) ? Unsound(name) ?? "" : text;

    string? Unsound(string name)
    {
        Wrong($"Invalid value for parameter '{Path(name)}' supplied: a text holds a NUL character or is no valid Unicode.");
        return null;
    }

    string Path(string name) => parent is null ? name : index < 0 ? $"{parent}.{name}" : $"{parent}[{index}].{name}";

    /// <summary>The value of the path or the query.</summary>
    string? Given(string name)
    {
        if (route is not null && route.TryGetValue(name, out var part) && part is string text)
            return text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return query is not null && query.TryGetValue(name, out var value) && value.Count > 0 ? value[^1] : null;
    }

    bool Find(string name, out JsonElement value) =>
        (json.TryGetProperty(name, out value) || FindCamel(name, out value)) && value.ValueKind is not JsonValueKind.Null;

    /// <summary>protobuf's other spelling: runId for run_id.</summary>
    bool FindCamel(string name, out JsonElement value)
    {
        value = default;
        if (!name.Contains('_', StringComparison.Ordinal))
            return false;
        Span<char> camel = stackalloc char[name.Length];
        var length = 0;
        for (var i = 0; i < name.Length; i++)
            camel[length++] = name[i] == '_' && i + 1 < name.Length ? char.ToUpperInvariant(name[++i]) : name[i];
        return json.TryGetProperty(camel[..length], out value);
    }
}
