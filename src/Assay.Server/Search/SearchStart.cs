using Assay.Server.Storage;

namespace Assay.Server.Search;

/// <summary>
/// Which rows a search starts from: those of an index that fit one comparison, those of an index in the order asked for, or all entities in their own order.
/// A comparison that few rows fit goes first, whatever the order: few are quickly sorted. Where many fit, the order goes first: the page is full soon.
/// </summary>
/// <param name="Term">The comparison whose rows go first.</param>
/// <param name="Order">The order whose rows go first.</param>
/// <param name="Without">Only what has no number in this order.</param>
/// <param name="Newest">Of the term's rows, so many of the first in the order asked for: enough unless the rest of the filter leaves out most of them.</param>
/// <param name="Again">Only where the start before did not fill the page, and then in its place.</param>
sealed record SearchStart(SearchTerm? Term = null, SearchOrder? Order = null, SearchOrder? Without = null, int? Newest = null, bool Again = false)
{
    /// <summary>So many are read and sorted in a few milliseconds; and so many, where the index alone is read.</summary>
    const int Few = 2000, Some = 20_000;

    /// <summary>The starts whose results, one after the other, are the whole search.</summary>
    public static async Task<IReadOnlyList<SearchStart>> Choose(Tx tx, IReadOnlyList<SearchTerm> terms, IReadOnlyList<SearchOrder> orders, SearchScope? scope, long most, (string Name, object? Value)[] args)
    {
        if (scope is null)
            return [new()];
        SearchTerm? best = null;
        long fewest = long.MaxValue;
        foreach (var term in terms.Where(SearchIndex.Serves))
            if (await Count(tx, term, Few, scope, args) is var count && count < fewest)
                (best, fewest) = (term, count);
        if (best is not null && (fewest <= Few || KeepsOrder(best, orders, scope)))
            return [new(Term: best)];
        if (best is not null && IsCarried(best, orders) && await Count(tx, best, Some, scope, args) <= Some)
            return [new(Term: best, Newest: (int)Math.Min(most * 4, Some)), new(Term: best, Again: true)];
        return scope.One && orders[0].Field is { Index: not null, Type: FieldType.Real } field ? InOrder(orders[0], terms.Any(t => t.Field.Name == field.Name && SearchIndex.Serves(t))) : [new()];
    }

    // Those that have the number, best first; then those that have none, unless the filter leaves them out.
    static IReadOnlyList<SearchStart> InOrder(SearchOrder order, bool needed) => needed ? [new(Order: order)] : [new(Order: order), new(Without: order)];

    // The entries of one text stand in the standard order, newest first.
    static bool KeepsOrder(SearchTerm term, IReadOnlyList<SearchOrder> orders, SearchScope scope) =>
        scope.One && term.Field.Type is FieldType.Text && IsCarried(term, orders) && orders is [{ Descending: true, Field.Name: not "run_id" }, { Descending: false }];

    static bool IsCarried(SearchTerm term, IReadOnlyList<SearchOrder> orders) => orders.All(o => term.Field.Index!.Carried.ContainsKey(o.Field.Name));

    static Task<long> Count(Tx tx, SearchTerm term, int most, SearchScope scope, (string Name, object? Value)[] args)
    {
        var sql = new SearchSql(tx.Dialect);
        var index = term.Field.Index!;
        var text = $"SELECT COUNT(*) FROM (SELECT 1 AS found FROM {index.Table} d WHERE {index.Scope} {scope.Sql} AND d.key = {sql.Arg(term.Field.Key)} AND {SearchIndex.Condition(sql, term)} LIMIT {most + 1}) q";
        return tx.First(new Query<long>(text, row => row.Int(0)), [.. args, .. sql.Args]);
    }
}
