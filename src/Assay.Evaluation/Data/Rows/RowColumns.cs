using Assay.Contracts;

namespace Assay.Evaluation.Data.Rows;

/// <summary>The columns of the canonical row where no signature says what they are.</summary>
public static class RowColumns
{
    const int Batch = 8192;

    /// <summary>
    /// Takes a set's own columns, or those named. Columns of numbers and booleans are numbers; one of text is, when every value of it is a number, unless
    /// <paramref name="texts"/> names it. Throws <see cref="DataException"/> when the data is damaged.
    /// </summary>
    public static async Task<Result<IReadOnlyList<RowColumn>>> Of(DataSet data, IReadOnlyList<string> wanted, IReadOnlyList<string> texts, CancellationToken ct)
    {
        var known = data.Fields.ToDictionary(f => f.Name, f => f.Kind, StringComparer.Ordinal);
        string[] names = wanted.Count > 0 ? [.. wanted] : [.. known.Keys];
        if (names.Concat(texts).FirstOrDefault(name => !known.ContainsKey(name)) is { } missing)
            return DataRefusals.NoColumn(missing, known.Keys);
        var open = names.Where(name => known[name] == DataKind.Text && !texts.Contains(name)).ToHashSet(StringComparer.Ordinal);
        var numbers = new HashSet<string>(open, StringComparer.Ordinal);
        var filled = new HashSet<string>(StringComparer.Ordinal);
        if (open.Count > 0)
            await foreach (var batch in data.Read([.. open], Batch, ct))
                foreach (var vector in batch.Vectors)
                    if (numbers.Contains(vector.Name))
                        Look(vector, numbers, filled);
        numbers.IntersectWith(filled);
        return names.Select(name => new RowColumn(name, !texts.Contains(name) && (known[name] != DataKind.Text || numbers.Contains(name)))).ToList();
    }

    static void Look(DataVector vector, HashSet<string> numbers, HashSet<string> filled)
    {
        foreach (var text in vector.Texts!)
            if (text is { Length: > 0 })
            {
                filled.Add(vector.Name);
                if (!DataNumbers.TryParse(text, out _))
                    numbers.Remove(vector.Name);
            }
    }
}
