using System.Text.Json;
using Assay.Contracts;
using Assay.Contracts.Wire;

namespace Assay.Server.Mlflow;

/// <summary>Lists and nested objects among the arguments. A list over its limit is refused before any member of it is read.</summary>
public readonly partial struct MlflowArguments
{
    /// <summary>A list of texts: repeated in a query, an array in a body; a single text counts as a list of one.</summary>
    public IReadOnlyList<string> Texts(string name, Limit? limit = null, bool ids = false)
    {
        if (source.Repeated(name) is { } given)
        {
            foreach (var text in given)
                Sound(name, text);
            return Within(name, given.Count, limit) ? given : [];
        }
        if (!source.Find(name, out var value))
            return [];
        if (value.ValueKind is JsonValueKind.String)
            return [Text(name) ?? ""];
        if (!IsList(name, value, "wanted a list.", limit))
            return [];
        List<string> texts = new(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind is JsonValueKind.String)
                texts.Add(MlflowValues.TryText(item, out var text) ? text : Unsound($"{name}[{texts.Count}]") ?? "");
            else if (ids && item.ValueKind is JsonValueKind.Number)
                texts.Add(item.GetRawText());
            else
                problems.Invalid(Path($"{name}[{texts.Count}]"), item, "wanted a text.");
        }
        return texts;
    }

    /// <summary>A list of objects; empty when absent.</summary>
    public IReadOnlyList<MlflowArguments> Objects(string name, Limit limit)
    {
        if (!source.Find(name, out var value) || !IsList(name, value, "wanted a list of objects.", limit))
            return [];
        List<MlflowArguments> objects = new(value.GetArrayLength());
        var at = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind is JsonValueKind.Object)
                objects.Add(new(item, problems, Path(name), at));
            else
                problems.Invalid(Path($"{name}[{at}]"), item, "wanted an object.");
            at++;
        }
        return objects;
    }

    /// <summary>A nested object, or null.</summary>
    public MlflowArguments? Object(string name)
    {
        if (!source.Find(name, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.Object)
            return new(value, problems, Path(name), -1);
        problems.Invalid(Path(name), value, "wanted an object.");
        return null;
    }

    /// <summary>Tags or params: a list of key and value, the value possibly empty.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(string name, Limit? limit = null) =>
        [.. Objects(name, limit ?? WireLimits.Pairs).Select(o => KeyValuePair.Create(o.Required("key"), o.Present("value")))];

    /// <summary>Notes a limit on several lists together, if it is passed.</summary>
    public void Together(string name, long count, Limit limit) => problems.Over(limit.Count(count, Path(name)));

    /// <summary>Notes a limit in words of its own, if it is passed.</summary>
    public void Over(Refusal? refusal) => problems.Over(refusal);

    bool IsList(string name, JsonElement value, string wanted, Limit? limit)
    {
        if (value.ValueKind is JsonValueKind.Array)
            return Within(name, value.GetArrayLength(), limit);
        problems.Invalid(Path(name), value, wanted);
        return false;
    }

    bool Within(string name, int count, Limit? limit) => limit is null || !problems.Over(limit.Count(count, Path(name)));
}
