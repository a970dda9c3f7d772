namespace Assay.Server.Search;

/// <summary>
/// An index over values that stand in rows of their own, by which a search can start from the rows that fit instead of from every entity. Its rows are
/// called <c>d</c> and have the columns <c>key</c> and <c>value</c>, and <c>is_nan</c> where numbers are indexed.
/// </summary>
/// <param name="Table">The table of the values.</param>
/// <param name="Join">How <c>d</c> belongs to the entity's row <c>t</c>.</param>
/// <param name="Scope">The column by which searches are narrowed, first in the index.</param>
/// <param name="Carried">Attributes of the entity that stand in <c>d</c> too, by name.</param>
public sealed record SearchIndex(string Table, string Join, string Scope, IReadOnlyDictionary<string, string> Carried)
{
    /// <summary>The condition on <c>d</c> that this comparison is, so that the index serves it.</summary>
    internal static string Condition(SearchSql sql, SearchTerm term)
    {
        if (term.Field.Type is not FieldType.Text)
            return $"d.is_nan = {sql.Arg(false)} AND {sql.Compare("d.value", term)}";
        var (value, text) = (sql.Arg(term.Value!), "d.value");
        return $"{Beginning(text)} = {Beginning(value)} AND {text} = {value}";
    }

    // Beginnings of texts are indexed: a whole one may be longer than an entry can be. As the schema writes it.
    static string Beginning(string text) => $"substr({text}, 1, 100)";

    /// <summary>Can the index find what this comparison wants?</summary>
    internal static bool Serves(SearchTerm term) => term.Field.Index is not null && (term.Field.Type is FieldType.Text
        ? term.Operator is SearchOperator.Equal
        : term.Operator is SearchOperator.Equal or SearchOperator.Greater or SearchOperator.GreaterOrEqual or SearchOperator.Less or SearchOperator.LessOrEqual);
}

/// <summary>What narrows a search from outside, in SQL behind the column's name: <c>= @e0</c> or <c>IN (@e0, @e1)</c>; with one value an index keeps its order.</summary>
public sealed record SearchScope(string Sql, bool One);
