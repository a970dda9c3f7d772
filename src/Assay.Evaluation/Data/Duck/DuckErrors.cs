namespace Assay.Evaluation.Data.Duck;

/// <summary>What DuckDB says of a file that it cannot read, without the name of its error class and its advice about its own options.</summary>
internal static class DuckErrors
{
    const string Class = "Error: ";

    public static DataException Of(string? said)
    {
        var first = (said ?? "").Split('\n')[0].Trim();
        var at = first.IndexOf(Class, StringComparison.Ordinal);
        return new(first.Length == 0 ? "DuckDB gives no reason." : at < 0 ? first : first[(at + Class.Length)..]);
    }
}
