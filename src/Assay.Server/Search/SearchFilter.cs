using Assay.Contracts;
using Assay.Contracts.Wire;

namespace Assay.Server.Search;

/// <summary>How a field is compared.</summary>
public enum SearchOperator
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Like,
    ILike,
    In,
    NotIn,
    IsNull,
    IsNotNull,
}

/// <summary>One comparison. <paramref name="Value"/> is a text, a long, a double, a list of texts, or null for IS NULL.</summary>
public sealed record SearchTerm(SearchField Field, SearchOperator Operator, object? Value);

/// <summary>
/// MLflow's filter: comparisons joined by AND. No OR, no brackets, no NOT but NOT IN. Keys with other characters stand in backticks or double quotes;
/// texts are quoted, numbers are not.
/// </summary>
sealed class SearchFilter(SearchFields fields, SearchText text)
{
    const string Example = "Write comparisons joined by AND, such as: metrics.auc > 0.8 AND params.lr = '0.1'.";

    static readonly (string Symbol, SearchOperator Operator)[] Symbols =
        [("!=", SearchOperator.NotEqual), (">=", SearchOperator.GreaterOrEqual), ("<=", SearchOperator.LessOrEqual), ("=", SearchOperator.Equal), (">", SearchOperator.Greater), ("<", SearchOperator.Less)];

    readonly List<SearchTerm> terms = [];

    /// <summary>Reads a filter; an empty one has no terms.</summary>
    public static Result<IReadOnlyList<SearchTerm>> Parse(SearchFields fields, string? filter)
    {
        if (WireLimits.Filter.Length(filter, "filter") is { } tooLong)
            return tooLong;
        var parser = new SearchFilter(fields, new(filter ?? ""));
        return parser.Filter() is { } refusal ? refusal : parser.terms;
    }

    Refusal? Filter()
    {
        if (text.Whole.IndexOf('\0', StringComparison.Ordinal) is var nul and >= 0)
            return Bad(nul, "a NUL character.", "Leave it out.");
        if (text.AtEnd)
            return null;
        while (true)
        {
            if (Term() is { } refusal)
                return refusal;
            if (text.AtEnd)
                return null;
            if (WireLimits.Comparisons.Count(terms.Count + 1, "filter") is { } tooMany)
                return tooMany;
            var at = text.At;
            if (text.TakeWord("OR"))
                return Bad(at, "OR is not part of this grammar.", "Run one search for each side.");
            if (!text.TakeWord("AND"))
                return Bad(at, "expected AND or the end.", Example);
        }
    }

    Refusal? Term()
    {
        var at = text.Start();
        if (text.Next == '(')
            return Bad(at, "brackets are not part of this grammar.", Example);
        if (text.TakeWord("NOT"))
            return Bad(at, "NOT is not part of this grammar, but for NOT IN and IS NOT NULL.", "Use != instead.");
        var (field, wrong) = SearchName.Read(fields, text);
        if (field is null)
            return Bad(text.At, wrong!, $"What can be compared of {fields.Entity}: {fields.Known(sorting: false)}.");
        if (!field.Filters)
            return Bad(at, $"{fields.Entity} can be sorted by '{field.Name}', not filtered.", $"What can be compared: {fields.Known(sorting: false)}.");
        return Operator(field);
    }

    Refusal? Operator(SearchField field)
    {
        var at = text.Start();
        if (ReadOperator() is not { } op)
            return Bad(at, $"expected a comparison after '{field.Name}'.", $"It takes {Taken(field)}.");
        if (!Takes(field, op))
            return Bad(at, $"'{field.Name}' is {Described(field)} and does not take this comparison.", $"It takes {Taken(field)}.");
        return op switch
        {
            SearchOperator.IsNull or SearchOperator.IsNotNull => Done(field, op, null),
            SearchOperator.In or SearchOperator.NotIn => List(field, op),
            _ => Value(field, op),
        };
    }

    SearchOperator? ReadOperator()
    {
        foreach (var (symbol, op) in Symbols)
            if (text.Take(symbol))
                return op;
        var before = text.At;
        if (text.TakeWord("LIKE"))
            return SearchOperator.Like;
        if (text.TakeWord("ILIKE"))
            return SearchOperator.ILike;
        if (text.TakeWord("IN"))
            return SearchOperator.In;
        if (text.TakeWord("NOT") && text.TakeWord("IN"))
            return SearchOperator.NotIn;
        text.Back(before);
        if (text.TakeWord("IS"))
            return text.TakeWord("NULL") ? SearchOperator.IsNull : text.TakeWord("NOT") && text.TakeWord("NULL") ? SearchOperator.IsNotNull : null;
        return null;
    }

    Refusal? Value(SearchField field, SearchOperator op)
    {
        var at = text.Start();
        if (field.Type is FieldType.Text)
            return text.Quoted('\'', '"') is { } value ? Done(field, op, value) : Bad(at, $"expected a quoted text for '{field.Name}'.", "Put it in single or double quotes.");
        return text.Number() is { } number ? Done(field, op, number) : Bad(at, $"expected a number for '{field.Name}', without quotes.", "Write it as 0.5 or 3 or 1e-3.");
    }

    Refusal? List(SearchField field, SearchOperator op)
    {
        var at = text.Start();
        List<string> values = [];
        if (!text.Take("("))
            return Bad(at, "expected a list in brackets.", "Write it as ('a', 'b').");
        do
        {
            at = text.Start();
            if (text.Quoted('\'', '"') is not { } value)
                return Bad(at, "expected a quoted text in the list.", "Write it as ('a', 'b').");
            values.Add(value);
        }
        while (text.Take(","));
        if (WireLimits.Listed.Count(values.Count, "filter") is { } tooMany)
            return tooMany;
        at = text.Start();
        return text.Take(")") ? Done(field, op, values) : Bad(at, "expected ',' or ')'.", "Write it as ('a', 'b').");
    }

    Refusal? Done(SearchField field, SearchOperator op, object? value)
    {
        terms.Add(new(field, op, value));
        return null;
    }

    Refusal Bad(int at, string what, string mend) => SearchRefusals.Filter(text, at, what, mend);

    static bool Takes(SearchField field, SearchOperator op) => op switch
    {
        SearchOperator.Equal or SearchOperator.NotEqual or SearchOperator.IsNull or SearchOperator.IsNotNull => true,
        SearchOperator.Like or SearchOperator.ILike => field.Type is FieldType.Text,
        SearchOperator.In or SearchOperator.NotIn => field.Lists,
        _ => field.Type is not FieldType.Text,
    };

    static string Described(SearchField field) => field.Type is FieldType.Text ? "a text" : "a number";

    static string Taken(SearchField field) => (field.Type is FieldType.Text ? "= != LIKE ILIKE" : "= != > >= < <=") + (field.Lists ? " IN, NOT IN" : "") + ", IS NULL, IS NOT NULL";
}
