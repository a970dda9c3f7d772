using Assay.Contracts;
using Assay.Contracts.Wire;

namespace Assay.Server.Search;

/// <summary>Sort by a field, in a direction; missing values come last in both, NaN right before them.</summary>
public sealed record SearchOrder(SearchField Field, bool Descending)
{
    /// <summary>Reads <c>field [ASC|DESC]</c> clauses; a field may stand once.</summary>
    public static Result<IReadOnlyList<SearchOrder>> Parse(SearchFields fields, IReadOnlyList<string> clauses)
    {
        if (WireLimits.Orders.Count(clauses.Count, "order_by") is { } tooMany)
            return tooMany;
        List<SearchOrder> orders = [];
        foreach (var clause in clauses)
        {
            if (WireLimits.Order.Length(clause, "order_by") is { } tooLong)
                return tooLong;
            var one = One(fields, new(clause));
            if (!one.Ok)
                return one.Refusal!;
            if (orders.Exists(o => o.Field.Name == one.Value.Field.Name))
                return SearchRefusals.Order(new(clause), 0, $"'{one.Value.Field.Name}' stands in it twice.", "Name each field once.");
            orders.Add(one.Value);
        }
        return orders;
    }

    static Result<SearchOrder> One(SearchFields fields, SearchText text)
    {
        var mend = $"What {fields.Entity} can be sorted by: {fields.Known(sorting: true)}.";
        if (text.Whole.IndexOf('\0', StringComparison.Ordinal) is var nul and >= 0)
            return SearchRefusals.Order(text, nul, "a NUL character.", "Leave it out.");
        var (field, wrong) = SearchName.Read(fields, text);
        if (field is null)
            return SearchRefusals.Order(text, text.At, wrong!, mend);
        if (!field.Sorts)
            return SearchRefusals.Order(text, 0, $"{fields.Entity} cannot be sorted by '{field.Name}'.", mend);
        var descending = text.TakeWord("DESC");
        if (!descending)
            text.TakeWord("ASC");
        return text.AtEnd ? new SearchOrder(field, descending) : SearchRefusals.Order(text, text.At, "expected ASC, DESC or the end.", mend);
    }
}
