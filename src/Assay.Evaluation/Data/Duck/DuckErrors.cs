namespace Assay.Evaluation.Data.Duck;

/// <summary>What DuckDB says of a file that it cannot read, without its advice about its own options.</summary>
internal static class DuckErrors
{
    static readonly string[] Telling = ["Expected Number of Columns", "Maximum line size", "Value with unterminated", "Invalid unicode"];

    public static DataException Of(string? said)
    {
        var lines = (said ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var first = lines.FirstOrDefault() ?? "DuckDB says nothing";
        var colon = first.IndexOf("Error: ", StringComparison.Ordinal);
        var head = colon < 0 ? first : first[(colon + 7)..];
        var why = lines.Skip(1).FirstOrDefault(line => Telling.Any(t => line.StartsWith(t, StringComparison.OrdinalIgnoreCase)));
        return new(why is null ? head : $"{head}: {why}");
    }
}
