using System.Globalization;
using System.Text.Json;
using Assay.Contracts;
using Assay.Contracts.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Mlflow;

/// <summary>
/// Reads the arguments of a request with all of MLflow's leniencies (ids as numbers, int64 as texts, names in either case style, null and
/// unknown fields as absent) and notes everything that is wrong; a reader never throws, and its value does not count once something is wrong.
/// </summary>
public readonly partial struct MlflowArguments
{
    readonly ArgumentSource source;
    readonly ArgumentProblems problems;
    readonly string? parent;
    readonly int index;

    internal MlflowArguments(JsonElement json, IQueryCollection? query, RouteValueDictionary? route) => (source, problems, index) = (new(json, query, route), new(), -1);

    MlflowArguments(JsonElement json, ArgumentProblems problems, string parent, int index) => (source, this.problems, this.parent, this.index) = (new(json), problems, parent, index);

    /// <summary>The object of the body that these are.</summary>
    internal JsonElement Json => source.Json;

    /// <summary>Everything that is wrong so far, or null.</summary>
    public Refusal? Refusal => problems.Refusal;

    /// <summary>A text that must be there; an empty one counts as missing.</summary>
    public string Required(string name, string? alias = null) => OrMissing(name, Text(name), alias is null ? null : Text(alias));

    /// <summary>An id that must be there: a text, or a whole number that stands for it.</summary>
    public string RequiredId(string name) => OrMissing(name, Id(name), null);

    /// <summary>The run's id, under its new or its old name: 2.x clients send both.</summary>
    public string RunId() => Required("run_id", "run_uuid");

    /// <summary>A text that must be there but may be empty.</summary>
    public string Present(string name)
    {
        var before = problems.Count;
        return Text(name) ?? (problems.Count > before ? "" : Missing(name));
    }

    /// <summary>A text, or null.</summary>
    public string? Text(string name)
    {
        if (source.Given(name) is { } given)
            return Sound(name, given);
        if (!source.Find(name, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.String)
            return MlflowValues.TryText(value, out var text) ? text : Unsound(name);
        problems.Invalid(Path(name), value, "wanted a text.");
        return null;
    }

    /// <summary>An id: a text, or a whole number that stands for it.</summary>
    public string? Id(string name) =>
        source.Given(name) is null && source.Find(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetRawText() : Text(name);

    /// <summary>A whole number of 64 bits, or its decimal text; null when absent.</summary>
    public long? Int(string name)
    {
        const string Wanted = "wanted a whole number of 64 bits.";
        if (source.Given(name) is { } given)
        {
            if (MlflowValues.TryInt(given, out var parsed))
                return parsed;
            Invalid(name, given, Wanted);
        }
        else if (source.Find(name, out var value))
        {
            if (MlflowValues.TryInt(value, out var number))
                return number;
            problems.Invalid(Path(name), value, Wanted);
        }
        return null;
    }

    /// <summary>A whole number that must be there.</summary>
    public long RequiredInt(string name)
    {
        var before = problems.Count;
        var value = Int(name);
        if (value is null && problems.Count == before)
            Missing(name);
        return value ?? 0;
    }

    /// <summary>A number that must be there, or one of the texts NaN, Infinity, -Infinity.</summary>
    public double RequiredReal(string name)
    {
        const string Wanted = "wanted a number.";
        if (source.Given(name) is { } given)
        {
            if (MlflowValues.TryReal(given, out var parsed))
                return parsed;
            Invalid(name, given, Wanted);
        }
        else if (!source.Find(name, out var value))
            Missing(name);
        else if (MlflowValues.TryReal(value, out var number))
            return number;
        else
            problems.Invalid(Path(name), value, Wanted);
        return 0;
    }

    /// <summary>true or false in any case, as JSON or as text; null when absent.</summary>
    public bool? Bool(string name)
    {
        if (source.Given(name) is null && source.Find(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        var text = Text(name);
        if (string.IsNullOrEmpty(text))
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
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase) || text == number.ToString(CultureInfo.InvariantCulture))
                return word;
        Invalid(name, text, $"wanted one of {string.Join(", ", words.Keys)}.");
        return null;
    }

    /// <summary>Notes that a parameter is missing.</summary>
    public string Missing(string name)
    {
        problems.Missing(Path(name));
        return "";
    }

    /// <summary>Notes something else that is wrong with a parameter, in words of its own.</summary>
    public void Wrong(string name, string what) => problems.Wrong(Path(name), what);

    /// <summary>Notes that a text or number is not what the parameter takes.</summary>
    public void Invalid(string name, string value, string why) => problems.Invalid(Path(name), value, why);

    /// <inheritdoc cref="Invalid(string, string, string)"/>
    public void Invalid(string name, long value, string why) => problems.Invalid(Path(name), value, why);

    /// <summary>A text no longer than a limit, or null.</summary>
    public string? Text(string name, Limit limit)
    {
        var text = Text(name);
        return problems.Over(limit.Length(text, Path(name))) ? null : text;
    }

    /// <summary>The rows of a page: as many as are asked for, never more than the limit.</summary>
    public long PageSize(string name, long standard, Limit limit)
    {
        var asked = Int(name) ?? standard;
        problems.Over(limit.Asked(asked, Path(name)));
        return asked;
    }

    string OrMissing(string name, string? text, string? other) => !string.IsNullOrEmpty(text) ? text : !string.IsNullOrEmpty(other) ? other : Missing(name);

    string Sound(string name, string text) => text.Contains('\0', StringComparison.Ordinal) ? Unsound(name) ?? "" : text;

    string? Unsound(string name)
    {
        problems.Unsound(Path(name));
        return null;
    }

    string Path(string name) => parent is null ? name : index < 0 ? $"{parent}.{name}" : $"{parent}[{index}].{name}";
}
