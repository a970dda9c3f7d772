namespace Assay.Server.Search;

/// <summary>One statement of a search: where it reads, under which conditions, and by which expressions it sorts.</summary>
sealed record SearchWay(string From, IReadOnlyList<string> Conditions, IReadOnlyList<SearchSql.Key> Keys)
{
    /// <summary>Writes the way from a start. The keys have the same number and types from every start, so that a page token fits each of them.</summary>
    public static SearchWay Of(SearchSql sql, SearchStart start, IReadOnlyList<SearchTerm> terms, IReadOnlyList<SearchOrder> orders, string from, string where, SearchScope? scope, IReadOnlyList<object>? last)
    {
        if ((start.Term?.Field ?? start.Order?.Field) is not { } first)
            return new SearchWay(from, [where, .. terms.Select(sql.Condition), .. start.Without is { } order ? [sql.HasNoNumber(order.Field)] : Array.Empty<string>()], [.. orders.SelectMany(sql.Keys)]).After(sql, last);
        var index = first.Index!;
        List<string> inside = [$"{index.Scope} {scope!.Sql}", $"d.key = {sql.Arg(first.Key)}"], outside = [index.Join, where];
        if (start.Order is not null)
            inside.Add($"d.is_nan = {sql.Arg(false)}");
        foreach (var term in terms)
            if (term == start.Term || (start.Order is not null && term.Field.Name == first.Name && SearchIndex.Serves(term)))
                inside.Add(SearchIndex.Condition(sql, term));
            else
                outside.Add(sql.Condition(term));
        List<SearchSql.Key> keys = [.. orders.SelectMany(o => KeysOf(sql, o, first))];
        // CROSS JOIN: SQLite keeps the order of the tables, so that the index goes first.
        if (start.Newest is not { } newest)
            return new SearchWay($"{index.Table} d CROSS JOIN {from}", [.. inside, .. outside], keys).After(sql, last);
        var chosen = new SearchWay($"{index.Table} d", inside, keys).After(sql, last);
        return new($"({chosen.Select(string.Join(", ", index.Carried.Values), newest)}) d CROSS JOIN {from}", outside, keys);
    }

    /// <summary>The statement for these columns, sorted, so many rows.</summary>
    public string Select(string columns, long limit) =>
        $"SELECT {columns} FROM {From} WHERE {string.Join(" AND ", Conditions)} ORDER BY {string.Join(", ", Keys.Where(k => !k.Fixed).Select(k => k.Descending ? $"{k.Sql} DESC" : k.Sql))} LIMIT {limit}";

    SearchWay After(SearchSql sql, IReadOnlyList<object>? last) => last is null ? this : this with { Conditions = [.. Conditions, sql.After(Keys, last)] };

    static IEnumerable<SearchSql.Key> KeysOf(SearchSql sql, SearchOrder order, SearchField first) =>
        order.Field.Name == first.Name ? [new("0", FieldType.Whole, false, Fixed: true), new("d.value", first.Type, order.Descending)]
        : first.Index!.Carried.TryGetValue(order.Field.Name, out var carried) ? [new(carried, order.Field.Type, order.Descending)]
        : sql.Keys(order);
}
