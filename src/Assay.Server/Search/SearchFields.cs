namespace Assay.Server.Search;

/// <summary>What a field holds: it decides which comparisons make sense and how it sorts.</summary>
public enum FieldType
{
    /// <summary>Text: = != LIKE ILIKE, and lists where a field takes them.</summary>
    Text,
    /// <summary>Whole numbers of 64 bits: the six comparisons.</summary>
    Whole,
    /// <summary>Reals: the six comparisons.</summary>
    Real,
}

/// <summary>One thing that can be searched or sorted by, and where it stands.</summary>
/// <param name="Name">Its canonical name, for messages and to find repetitions.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Sql">The SQL expression of its value: of the entity's row <c>t</c>, or of <see cref="From"/>.</param>
public sealed record SearchField(string Name, FieldType Type, string Sql)
{
    /// <summary>
    /// For values in rows of their own, where those are, such as <c>params x WHERE x.run_id = t.run_id AND x.key = {key}</c>;
    /// <c>{key}</c> becomes a parameter. Null when the value stands in the entity's own row.
    /// </summary>
    public string? From { get; init; }

    /// <summary>The key that <c>{key}</c> stands for.</summary>
    public string Key { get; init; } = "";

    /// <summary>Further values in <see cref="From"/>: <c>{0}</c>, <c>{1}</c> and so on become parameters.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The index by which its values are found, if there is one.</summary>
    public SearchIndex? Index { get; init; }

    /// <summary>The SQL condition that the value is NaN, where that can be.</summary>
    public string? IsNan { get; init; }

    /// <summary>May the expression be NULL?</summary>
    public bool CanBeNull { get; init; }

    /// <summary>Does it take IN and NOT IN?</summary>
    public bool Lists { get; init; }

    /// <summary>Can results be sorted by it?</summary>
    public bool Sorts { get; init; } = true;

    /// <summary>Can it be compared in a filter?</summary>
    public bool Filters { get; init; } = true;
}

/// <summary>A prefix with keys behind it, such as <c>params.lr</c>; every synonym of the prefix, and the field of a key (null: no such key).</summary>
public sealed record SearchFamily(IReadOnlyList<string> Prefixes, Func<string, SearchField?> Field, string? Keys = null);

/// <summary>The table of what can be searched of one kind of entity, whose row is <c>t</c> in all expressions.</summary>
/// <param name="Entity">What is searched, for messages: <c>runs</c>.</param>
/// <param name="Attributes">Fields by name; synonyms are further entries.</param>
/// <param name="AttributePrefixes">Prefixes that may stand before an attribute.</param>
/// <param name="Families">Prefixes with keys of their own.</param>
public sealed record SearchFields(string Entity, IReadOnlyDictionary<string, SearchField> Attributes, IReadOnlyList<string> AttributePrefixes, IReadOnlyList<SearchFamily> Families)
{
    /// <summary>A family of text values by key in a table with the columns <c>key</c> and <c>value</c>.</summary>
    public static SearchFamily Pairs(string table, string join, string name, bool sorts, params IReadOnlyList<string> prefixes) => Pairs(table, join, name, sorts, null, prefixes);

    /// <summary>The same, with an index over the values.</summary>
    public static SearchFamily Pairs(string table, string join, string name, bool sorts, SearchIndex? index, params IReadOnlyList<string> prefixes) =>
        new(prefixes, key => new($"{name}.{key}", FieldType.Text, "x.value") { From = $"{table} x WHERE {join} AND x.key = {{key}}", Key = key, Sorts = sorts, Index = index });

    /// <summary>What may stand on the left side, for messages.</summary>
    internal string Known(bool sorting)
    {
        var names = Attributes.Values.Where(f => sorting ? f.Sorts : f.Filters).Select(f => f.Name).Distinct();
        return string.Join(", ", names.Concat(Families.Select(f => $"{f.Prefixes[0]}.{f.Keys ?? "<key>"}")));
    }
}
