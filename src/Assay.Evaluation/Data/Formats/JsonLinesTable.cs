using System.Text.Json;

namespace Assay.Evaluation.Data.Formats;

/// <summary>
/// A file with one JSON object in each line. Its columns are all names that occur; a name that a line lacks is missing there, as null is. The file is
/// walked through once when it is opened: what a column's values are is known of all of them and not guessed from the first.
/// </summary>
internal sealed class JsonLinesTable : ITable
{
    const int RowsBetweenLooks = 4096;
    readonly string path;
    readonly JsonColumns columns;

    JsonLinesTable(string path, JsonColumns columns, long rows) => (this.path, this.columns, Rows) = (path, columns, rows);

    public IReadOnlyList<TableColumn> Columns => columns.All;

    public long Rows { get; }

    public static ITable Open(string path, CancellationToken ct)
    {
        var columns = new JsonColumns();
        var rows = 0L;
        foreach (var (window, length) in Lines(path))
        {
            Guarded(++rows, window.Rest[..length], columns.Learn);
            if (rows % RowsBetweenLooks == 0)
                ct.ThrowIfCancellationRequested();
        }
        return new JsonLinesTable(path, columns, rows);
    }

    public IEnumerable<DataBatch> Read(IReadOnlyList<string> wanted, int size, long firstRow, CancellationToken ct)
    {
        var buffers = wanted.Select(name => new ColumnBuffer(columns.All.First(c => c.Field.Name == name).Field, size)).ToArray();
        var row = new JsonRow(columns, buffers);
        var next = firstRow;
        foreach (var (window, length) in Lines(path))
        {
            Guarded(next, window.Rest[..length], row.Take);
            if (++next - firstRow < size)
                continue;
            ct.ThrowIfCancellationRequested();
            yield return new(firstRow, size, [.. buffers.Select(b => b.Take())]);
            firstRow = next;
        }
        if (next > firstRow)
            yield return new(firstRow, (int)(next - firstRow), [.. buffers.Select(b => b.Take())]);
    }

    public void Dispose()
    {
    }

    delegate void Walk(ref Utf8JsonReader reader, long row);

    static void Guarded(long row, ReadOnlySpan<byte> line, Walk walk)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            walk(ref reader, row);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DataException($"row {row} is no JSON object: {e.Message.Split(" LineNumber", 2)[0]}", e);
        }
    }

    /// <summary>The lines that are not blank: the window begins with each.</summary>
    static IEnumerable<(ByteWindow Window, int Length)> Lines(string path)
    {
        using var window = ByteWindow.Open(path);
        while (true)
        {
            var length = window.Rest.IndexOf((byte)'\n');
            if (length < 0 && !window.AtEnd)
            {
                window.More();
                continue;
            }
            var line = length < 0 ? window.Rest.Length : length;
            if (window.Rest[..line].ContainsAnyExcept(" \t\r"u8))
                yield return (window, line);
            if (length < 0)
                yield break;
            window.Take(line + 1);
        }
    }
}
