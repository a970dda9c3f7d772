namespace Assay.Server.Search;

/// <summary>The left side of a comparison or an order: an attribute, or a prefix and a key.</summary>
static class SearchName
{
    /// <summary>The field that is named next, or what is wrong; then the text stands where it is wrong.</summary>
    public static (SearchField? Field, string? Wrong) Read(SearchFields fields, SearchText text)
    {
        var at = text.Start();
        if (text.Quoted('`', '"') is { } quoted)
            return Attribute(fields, text, quoted, at);
        if (text.Word() is not { } word)
            return (null, "expected a field.");
        if (!text.TakeDot())
            return Attribute(fields, text, Joined(fields, text, word), at);
        var key = text.Quoted('`', '"') ?? text.BareKey();
        if (string.IsNullOrEmpty(key))
            return (null, $"expected a key after '{word}.'.");
        if (fields.Families.FirstOrDefault(f => f.Prefixes.Contains(word)) is { } family)
            return family.Field(key) is { } field ? (field, null) : Unknown(text, at, $"'{word}' has no '{key}'.");
        return fields.AttributePrefixes.Contains(word) ? Attribute(fields, text, Joined(fields, text, key), at) : Unknown(text, at, $"'{word}' is no prefix of {fields.Entity}.");
    }

    static (SearchField?, string?) Attribute(SearchFields fields, SearchText text, string name, int at) =>
        fields.Attributes.TryGetValue(name, out var field) ? (field, null) : Unknown(text, at, $"{fields.Entity} have no attribute '{name}'.");

    /// <summary>Some attributes have names of two words (<c>Run name</c>).</summary>
    static string Joined(SearchFields fields, SearchText text, string first)
    {
        var before = text.At;
        if (!text.AtEnd && text.Word() is { } second && fields.Attributes.ContainsKey($"{first} {second}"))
            return $"{first} {second}";
        text.Back(before);
        return first;
    }

    static (SearchField?, string?) Unknown(SearchText text, int at, string what)
    {
        text.Back(at);
        return (null, what);
    }
}
