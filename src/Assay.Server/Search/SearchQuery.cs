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

    /// <summary>The order, ties included.</summary>
    internal IReadOnlyList<SearchOrder> Orders => orders;

    /// <summary>Does the filter say anything about this field?</summary>
    public bool Mentions(string name) => Terms.Any(t => t.Field.Name == name);

    /// <summary>
    /// Runs it: <paramref name="columns"/> (so many: <paramref name="count"/>) of <paramref name="from"/>, whose rows are called <c>t</c>, where the
    /// caller's own condition holds too. Refused only for a page token that is not of this search.
    /// </summary>
    public Task<Result<SearchPage<T>>> Read<T>(Tx tx, string columns, int count, string from, string where, Func<Row, T> read, params (string Name, object? Value)[] args) =>
        Read(tx, columns, count, from, where, null, read, args);

    /// <summary>The same, where indexed fields may be found by their index within a scope; <paramref name="where"/> says the scope again.</summary>
    public async Task<Result<SearchPage<T>>> Read<T>(Tx tx, string columns, int count, string from, string where, SearchScope? scope, Func<Row, T> read, params (string Name, object? Value)[] args) =>
        await Read(tx, await SearchStart.Choose(tx, Terms, orders, scope, request.MaxResults, args), columns, count, from, where, scope, read, args);

    /// <summary>The same from these starts; which they are changes nothing but the time it takes.</summary>
    internal async Task<Result<SearchPage<T>>> Read<T>(
        Tx tx, IReadOnlyList<SearchStart> starts, string columns, int count, string from, string where, SearchScope? scope, Func<Row, T> read, params (string Name, object? Value)[] args)
    {
        IReadOnlyList<object>? last = null;
        if (!string.IsNullOrEmpty(request.PageToken))
        {
            var types = orders.SelectMany(new SearchSql(tx.Dialect).Keys).Select(key => key.Type).ToList();
            if ((last = PageToken.Read(request.PageToken, fingerprint, types)) is null)
                return SearchRefusals.PageToken(request.PageToken);
        }
        List<T> items = [];
        IReadOnlyList<object> end = [];
        var more = false;
        foreach (var start in starts)
        {
            // The page before ended among those without a number: those with one were all shown.
            if (more || (start.Order is not null && last is [not 0L, ..]))
                continue;
            if (start.Again)
                items.Clear();
            var sql = new SearchSql(tx.Dialect);
            var way = SearchWay.Of(sql, start, Terms, orders, from, where, scope, last);
            var text = way.Select(string.Join(", ", way.Keys.Select(key => key.Sql).Prepend(columns)), request.MaxResults - items.Count + 1);
            await tx.Visit(text, [.. args, .. sql.Args], row =>
            {
                if (items.Count == request.MaxResults)
                    return !(more = true);
                items.Add(read(row));
                if (items.Count == request.MaxResults)
                    end = [.. way.Keys.Select((k, i) => Value(row, count + i, k.Type))];
                return true;
            });
        }
        return new SearchPage<T>(items, more ? PageToken.Write(fingerprint, end) : null);
    }

    static object Value(Row row, int column, FieldType type) => type switch
    {
        FieldType.Text => row.Text(column),
        FieldType.Whole => row.Int(column),
        _ => row.Real(column),
    };
}
