using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Assay.Contracts.Documents;

/// <summary>A mapping inside a <see cref="YamlDocument"/>. Accessors note what is wrong and go on with a default.</summary>
public sealed class YamlMap
{
    readonly YamlDocument document;
    readonly YamlMappingNode node;
    readonly Dictionary<string, YamlNode> values = [];

    internal YamlMap(YamlDocument document, YamlMappingNode node, string path)
    {
        (this.document, this.node, Path) = (document, node, path);
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode name)
                values[name.Value ?? ""] = value;
            else
                document.Add(key, "a key must be a plain text");
        }
    }

    /// <summary>Where this is, such as <c>require[0].rules[1]</c>; empty at the top.</summary>
    public string Path { get; }

    /// <summary>The line, from 1.</summary>
    public long Line => node.Start.Line;

    /// <summary>The keys, in order.</summary>
    public IReadOnlyCollection<string> Keys => values.Keys;

    /// <summary>Is the key there, with a value that is not null?</summary>
    public bool Has(string key) => values.TryGetValue(key, out var value) && !IsNull(value);

    /// <summary>Notes a problem at a key, or at this mapping when the key is absent.</summary>
    public void Wrong(string key, string problem) => document.Add(values.GetValueOrDefault(key, node), problem);

    /// <summary>Says which keys exist; every other is a problem that names the nearest known one.</summary>
    public YamlMap Only(params string[] known)
    {
        foreach (var key in node.Children.Keys.OfType<YamlScalarNode>().Where(k => !known.Contains(k.Value)))
        {
            var near = Nearest.To(key.Value ?? "", known);
            document.Add(key, $"unknown key '{Name(key.Value ?? "")}'{(near is null ? $"; known are {string.Join(", ", known)}" : $"; is '{near}' meant?")}");
        }
        return this;
    }

    /// <summary>A text that must be there.</summary>
    public string Text(string key) => TextOrNull(key) ?? Missing(key, "");

    /// <summary>A text that may be absent.</summary>
    public string? TextOrNull(string key) => Scalar(key, "a text");

    /// <summary>A text that must be one of the given words.</summary>
    public string OneOf(string key, params string[] words)
    {
        var text = Text(key);
        if (text.Length > 0 && !words.Contains(text))
            Wrong(key, $"{Name(key)} is '{text}'; wanted {string.Join(" or ", words)}");
        return text;
    }

    /// <summary>A number that may be absent.</summary>
    public double? Number(string key)
    {
        if (Scalar(key, "a number") is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
            return value;
        Wrong(key, $"{Name(key)} is '{text}'; wanted a finite number");
        return null;
    }

    /// <summary>A whole number that may be absent, within bounds.</summary>
    public long? Whole(string key, long least = long.MinValue, long most = long.MaxValue)
    {
        if (Scalar(key, "a whole number") is not { } text)
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        Wrong(key, $"{Name(key)} is '{text}'; wanted a whole number{(least > long.MinValue ? $" from {least}" : "")}{(most < long.MaxValue ? $" to {most}" : "")}");
        return null;
    }

    /// <summary>A truth value that may be absent.</summary>
    public bool? Truth(string key)
    {
        if (Scalar(key, "true or false") is not { } text)
            return null;
        if (text is "true" or "false")
            return text == "true";
        Wrong(key, $"{Name(key)} is '{text}'; wanted true or false");
        return null;
    }

    /// <summary>A duration such as <c>30d</c>, <c>12h</c>, <c>10m</c>, <c>5s</c> that may be absent.</summary>
    public TimeSpan? Duration(string key)
    {
        if (Scalar(key, "a duration") is not { } text)
            return null;
        if (Durations.TryParse(text, out var value))
            return value;
        Wrong(key, $"{Name(key)} is '{text}'; wanted a duration such as 30d, 12h, 10m or 5s");
        return null;
    }

    /// <summary>A mapping that may be absent.</summary>
    public YamlMap? MapOrNull(string key)
    {
        if (!Has(key))
            return null;
        if (values[key] is YamlMappingNode map)
            return new(document, map, Name(key));
        Wrong(key, $"{Name(key)} wants keys of its own");
        return null;
    }

    /// <summary>A mapping that must be there.</summary>
    public YamlMap Map(string key) => MapOrNull(key) ?? new(document, Missing(key, new YamlMappingNode()), Name(key));

    /// <summary>A list of mappings; empty when absent.</summary>
    public IReadOnlyList<YamlMap> Maps(string key)
    {
        List<YamlMap> maps = [];
        var i = 0;
        foreach (var item in Items(key))
        {
            if (item is YamlMappingNode map)
                maps.Add(new(document, map, $"{Name(key)}[{i}]"));
            else
                document.Add(item, $"{Name(key)}[{i}] wants keys of its own");
            i++;
        }
        return maps;
    }

    /// <summary>A list of texts; a single text counts as a list of one; empty when absent.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        if (Has(key) && values[key] is YamlScalarNode single)
            return [single.Value ?? ""];
        List<string> texts = [];
        foreach (var item in Items(key))
        {
            if (item is YamlScalarNode scalar)
                texts.Add(scalar.Value ?? "");
            else
                document.Add(item, $"{Name(key)} wants a list of texts");
        }
        return texts;
    }

    /// <summary>The value as YamlDotNet has it, for forms that are not ours (data, JSON-like inputs); null when absent.</summary>
    public YamlNode? Raw(string key) => values.GetValueOrDefault(key);

    /// <summary>Was the value written as a plain scalar (not in quotes)? Tells 1 from "1".</summary>
    public static bool IsPlain(YamlNode value) => value is YamlScalarNode { Style: ScalarStyle.Plain };

    IEnumerable<YamlNode> Items(string key)
    {
        if (!Has(key))
            return [];
        if (values[key] is YamlSequenceNode list)
            return list.Children;
        Wrong(key, $"{Name(key)} wants a list");
        return [];
    }

    string? Scalar(string key, string wanted)
    {
        if (!Has(key))
            return null;
        if (values[key] is YamlScalarNode scalar)
            return scalar.Value;
        Wrong(key, $"{Name(key)} wants {wanted}");
        return null;
    }

    T Missing<T>(string key, T instead)
    {
        if (!Has(key))
            document.Add(node, $"'{Name(key)}' is missing");
        return instead;
    }

    string Name(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    static bool IsNull(YamlNode value) => value is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" };
}
