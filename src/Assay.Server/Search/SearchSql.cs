using Assay.Server.Storage;

namespace Assay.Server.Search;

/// <summary>Writes the SQL of a search; every value is a parameter.</summary>
sealed class SearchSql(Dialect dialect)
{
    readonly List<(string Name, object? Value)> args = [];

    /// <summary>The parameters so far.</summary>
    public IReadOnlyList<(string Name, object? Value)> Args => args;

    /// <summary>One expression that rows are sorted by: never NULL, never NaN. A fixed one is the same for all.</summary>
    public readonly record struct Key(string Sql, FieldType Type, bool Descending, bool Fixed = false);

    public string Condition(SearchTerm term)
    {
        var field = term.Field;
        var from = field.From is null ? null : From(field);
        if (term.Operator is SearchOperator.IsNull or SearchOperator.IsNotNull)
        {
            var missing = term.Operator is SearchOperator.IsNull;
            return from is null ? $"{field.Sql} IS {(missing ? "" : "NOT ")}NULL" : $"{(missing ? "NOT " : "")}EXISTS (SELECT 1 FROM {from})";
        }
        var comparison = Compare(field.Sql, term);
        if (field.IsNan is not null)
            comparison = term.Operator is SearchOperator.NotEqual ? $"({field.IsNan} OR {comparison})" : $"NOT {field.IsNan} AND {comparison}";
        return from is null ? comparison : $"EXISTS (SELECT 1 FROM {from} AND {comparison})";
    }

    /// <summary>The condition that the value is missing or NaN.</summary>
    public string HasNoNumber(SearchField field) => $"NOT EXISTS (SELECT 1 FROM {From(field)} AND NOT {field.IsNan})";

    /// <summary>The expressions of one order: ranks for what is missing or NaN first, so that those come last in both directions.</summary>
    public IEnumerable<Key> Keys(SearchOrder order)
    {
        var (field, value, none) = (order.Field, order.Field.Sql, order.Field.Type is FieldType.Text ? "''" : "0");
        if (field.From is not null)
        {
            var from = From(field);
            var rank = field.IsNan is null ? "0" : $"CASE WHEN {field.IsNan} THEN 1 ELSE 0 END";
            yield return new($"COALESCE((SELECT {rank} FROM {from}), 2)", FieldType.Whole, false);
            value = $"COALESCE((SELECT {field.Sql} FROM {from}), {none})";
        }
        else if (field.CanBeNull)
        {
            yield return new($"CASE WHEN {field.Sql} IS NULL THEN 1 ELSE 0 END", FieldType.Whole, false);
            value = $"COALESCE({field.Sql}, {none})";
        }
        yield return new(value, field.Type, order.Descending);
    }

    /// <summary>The condition that a row comes after one with these values.</summary>
    public string After(IReadOnlyList<Key> keys, IReadOnlyList<object> values)
    {
        var names = values.Select(Arg).ToList();
        var alternatives = keys.Select((key, i) => string.Join(" AND ",
            keys.Take(i).Select((equal, j) => $"{equal.Sql} = {names[j]}").Append($"{key.Sql} {(key.Descending ? '<' : '>')} {names[i]}")));
        // What all alternatives imply stands in front, so that an index begins where the last page ended.
        var first = keys.TakeWhile(key => key.Fixed).Count();
        return $"{keys[first].Sql} {(keys[first].Descending ? "<=" : ">=")} {names[first]} AND (({string.Join(") OR (", alternatives)}))";
    }

    /// <summary>A parameter for a value.</summary>
    public string Arg(object value)
    {
        var name = $"s{args.Count}";
        args.Add((name, value));
        return "@" + name;
    }

    string From(SearchField field)
    {
        var from = field.From!;
        if (from.Contains("{key}", StringComparison.Ordinal))
            from = from.Replace("{key}", Arg(field.Key), StringComparison.Ordinal);
        for (var i = 0; i < field.Values.Count; i++)
            from = from.Replace($"{{{i}}}", Arg(field.Values[i]), StringComparison.Ordinal);
        return from;
    }

    /// <summary>The comparison with an expression in the place of the field.</summary>
    public string Compare(string value, SearchTerm term)
    {
        var op = term.Operator;
        if (op is SearchOperator.In or SearchOperator.NotIn)
            return $"{value} {(op is SearchOperator.In ? "IN" : "NOT IN")} ({string.Join(", ", ((List<string>)term.Value!).Select(Arg))})";
        if (op is not (SearchOperator.Like or SearchOperator.ILike))
            return $"{value} {Symbol(op)} {Arg(term.Value!)}";
        // The grammar has no escape: a backslash stands for itself.
        var pattern = Arg(((string)term.Value!).Replace("\\", "\\\\", StringComparison.Ordinal));
        return op is SearchOperator.Like ? dialect.Like(value, pattern) : dialect.ILike(value, pattern);
    }

    static string Symbol(SearchOperator op) => op switch
    {
        SearchOperator.Equal => "=",
        SearchOperator.NotEqual => "<>",
        SearchOperator.Greater => ">",
        SearchOperator.GreaterOrEqual => ">=",
        SearchOperator.Less => "<",
        _ => "<=",
    };
}
