using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Search;

/// <summary>A page of results; <paramref name="Next"/> is the token of the page after it, null at the end.</summary>
public sealed record SearchPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>What is searched, by whom it is asked: the grammar's texts as they came.</summary>
/// <param name="Filter">Comparisons joined by AND; null or empty for all.</param>
/// <param name="OrderBy">Clauses <c>field [ASC|DESC]</c>; empty for the default.</param>
/// <param name="PageToken">Where the page before ended; null or empty for the first.</param>
/// <param name="MaxResults">Rows of a page, at least 1.</param>
public sealed record SearchRequest(string? Filter, IReadOnlyList<string> OrderBy, string? PageToken, long MaxResults);

/// <summary>A search that is understood, ready to be run inside a snapshot.</summary>
public sealed class SearchQuery
{
    readonly IReadOnlyList<SearchOrder> orders;
    readonly string fingerprint;
    readonly SearchRequest request;

    SearchQuery(IReadOnlyList<SearchTerm> terms, IReadOnlyList<SearchOrder> orders, string fingerprint, SearchRequest request) =>
        (Terms, this.orders, this.fingerprint, this.request) = (terms, orders, fingerprint, request);

    /// <summary>The comparisons of the filter.</summary>
    public IReadOnlyList<SearchTerm> Terms { get; }

    /// <summary>
    /// Understands a request. <paramref name="defaults"/> is the order when none is given; <paramref name="ties"/> is appended to any order that lacks
    /// those fields and must make it total; <paramref name="scope"/> is whatever else narrows the search, so that a page token fits no other.
    /// </summary>
    public static Result<SearchQuery> Parse(SearchFields fields, SearchRequest request, IReadOnlyList<string> defaults, IReadOnlyList<string> ties, params IReadOnlyList<string> scope) =>
        Parse(fields, fields, request, defaults, ties, scope);

    /// <summary>The same, where sorting sees fields otherwise than filtering does.</summary>
    public static Result<SearchQuery> Parse(SearchFields fields, SearchFields sorting, SearchRequest request, IReadOnlyList<string> defaults, IReadOnlyList<string> ties, params IReadOnlyList<string> scope)
    {
        var terms = SearchFilter.Parse(fields, request.Filter);
        if (!terms.Ok)
            return terms.Refusal!;
        var asked = request.OrderBy.Where(o => !string.IsNullOrWhiteSpace(o)).ToList();
        var orders = SearchOrder.Parse(sorting, asked.Count > 0 ? asked : defaults);
        if (!orders.Ok)
            return orders.Refusal!;
        var tied = SearchOrder.Parse(sorting, ties).Value.Where(tie => orders.Value.All(o => o.Field.Name != tie.Field.Name));
        return new SearchQuery(terms.Value, [.. orders.Value, .. tied], PageToken.Fingerprint([fields.Entity, request.Filter ?? "", .. asked, "|", .. scope]), request);
    }

    /// <summary>Does the filter say anything about this field?</summary>
    public bool Mentions(string name) => Terms.Any(t => t.Field.Name == name);

    /// <summary>
    /// Runs it: <paramref name="columns"/> (so many: <paramref name="count"/>) of <paramref name="from"/>, whose rows are called <c>t</c>, where the
    /// caller's own condition holds too. Refused only for a page token that is not of this search.
    /// </summary>
    public async Task<Result<SearchPage<T>>> Read<T>(Tx tx, string columns, int count, string from, string where, Func<Row, T> read, params (string Name, object? Value)[] args)
    {
        var sql = new SearchSql(tx.Dialect);
        var conditions = Terms.Select(sql.Condition).Prepend(where).ToList();
        var keys = orders.SelectMany(sql.Keys).ToList();
        if (!string.IsNullOrEmpty(request.PageToken))
        {
            if (PageToken.Read(request.PageToken, fingerprint, keys.ConvertAll(k => k.Type)) is not { } last)
                return SearchRefusals.PageToken(request.PageToken);
            conditions.Add(sql.After(keys, last));
        }
        var text = $"SELECT {columns}, {string.Join(", ", keys.Select(k => k.Sql))} FROM {from} WHERE {string.Join(" AND ", conditions)} "
            + $"ORDER BY {string.Join(", ", keys.Select((k, i) => $"{count + i + 1}{(k.Descending ? " DESC" : "")}"))} LIMIT @limit";
        List<T> items = [];
        IReadOnlyList<object> end = [];
        var more = false;
        await tx.Each(new Query<bool>(text, row =>
        {
            if (items.Count == request.MaxResults)
                return more = true;
            items.Add(read(row));
            if (items.Count == request.MaxResults)
                end = [.. keys.Select((k, i) => Value(row, count + i, k.Type))];
            return false;
        }), _ => { }, [.. args, .. sql.Args, ("limit", request.MaxResults + 1)]);
        return new SearchPage<T>(items, more ? PageToken.Write(fingerprint, end) : null);
    }

    static object Value(Row row, int column, FieldType type) => type switch
    {
        FieldType.Text => row.Text(column),
        FieldType.Whole => row.Int(column),
        _ => row.Real(column),
    };
}
