namespace Assay.Evaluation.Data.Formats;

/// <summary>The formats that are read, by how a file's name ends.</summary>
internal static class DataFormats
{
    static readonly (string Ending, Func<string, CancellationToken, ITable> Open)[] Kinds =
    [
        (".csv", CsvTable.Open), (".csv.gz", CsvTable.Open), (".parquet", ParquetTable.Open),
        (".jsonl", JsonLinesTable.Open), (".jsonl.gz", JsonLinesTable.Open), (".ndjson", JsonLinesTable.Open), (".ndjson.gz", JsonLinesTable.Open),
        (".arrow", ArrowTable.Open), (".feather", ArrowTable.Open), (".arrows", ArrowTable.Open),
    ];

    public static bool Known(string name) => Find(name) is not null;

    /// <summary>Opens a file; throws <see cref="DataException"/> when it is not what its name says.</summary>
    public static ITable? Open(string path, CancellationToken ct) => Find(path)?.Invoke(path, ct);

    /// <summary>The ending that says what a file is; null when none does.</summary>
    public static string? Ending(string name) => Kinds.FirstOrDefault(kind => name.EndsWith(kind.Ending, StringComparison.OrdinalIgnoreCase)).Ending;

    static Func<string, CancellationToken, ITable>? Find(string name) =>
        Kinds.FirstOrDefault(kind => name.EndsWith(kind.Ending, StringComparison.OrdinalIgnoreCase)).Open;
}
