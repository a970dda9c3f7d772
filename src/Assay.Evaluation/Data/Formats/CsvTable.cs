namespace Assay.Evaluation.Data.Formats;

/// <summary>
/// A CSV file with a header, in UTF-8. Values stay as they are written, so that nothing is guessed from the first rows: an empty cell is missing, "NA" is
/// text. The file is walked through once when it is opened, so that its rows are counted and a damaged one is known before anything is measured.
/// </summary>
internal sealed class CsvTable : ITable
{
    const int RowsBetweenLooks = 4096;
    readonly string path;
    readonly IReadOnlyList<string> names;

    CsvTable(string path, IReadOnlyList<string> names, long rows) => (this.path, this.names, Rows) = (path, names, rows);

    public IReadOnlyList<TableColumn> Columns => [.. names.Select(name => new TableColumn(new(name, DataKind.Text)))];

    public long Rows { get; }

    public static ITable Open(string path, CancellationToken ct)
    {
        using var window = ByteWindow.Open(path);
        var records = new CsvRecords(window);
        var names = Header(records);
        var rows = 0L;
        while (Next(records, names.Count, rows + 1))
            if (++rows % RowsBetweenLooks == 0)
                ct.ThrowIfCancellationRequested();
        return new CsvTable(path, names, rows);
    }

    public IEnumerable<DataBatch> Read(IReadOnlyList<string> columns, int size, long firstRow, CancellationToken ct)
    {
        using var window = ByteWindow.Open(path);
        var records = new CsvRecords(window);
        Header(records);
        var wanted = columns.Select(name => (Index: names.ToList().IndexOf(name), Buffer: new ColumnBuffer(new(name, DataKind.Text), size), Cache: new TextCache())).ToArray();
        var row = firstRow;
        while (Next(records, names.Count, row))
        {
            foreach (var (index, buffer, cache) in wanted)
                Take(records, index, buffer, cache, row);
            if (++row - firstRow < size)
                continue;
            ct.ThrowIfCancellationRequested();
            yield return new(firstRow, size, [.. wanted.Select(w => w.Buffer.Take())]);
            firstRow = row;
        }
        if (row > firstRow)
            yield return new(firstRow, (int)(row - firstRow), [.. wanted.Select(w => w.Buffer.Take())]);
    }

    public void Dispose()
    {
    }

    static void Take(CsvRecords records, int index, ColumnBuffer into, TextCache cache, long row)
    {
        var bytes = records.Field(index, out var doubled);
        if (bytes.Length == 0)
        {
            into.AddMissing();
            return;
        }
        var text = cache.Of(bytes) ?? throw new DataException($"row {row} (line {records.Line}) has bytes in the column {into.Field.Name} that are no UTF-8; write the file in UTF-8.");
        into.Add(doubled ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text);
    }

    static List<string> Header(CsvRecords records)
    {
        if (!records.Next(skipBlank: false))
            throw new DataException("it is empty: its first line names the columns.");
        var cache = new TextCache();
        var names = Enumerable.Range(0, records.Count).Select(i =>
            (cache.Of(records.Field(i, out var doubled)) ?? throw new DataException("the names of its columns are no UTF-8.")) is var name && doubled ? name.Replace("\"\"", "\"", StringComparison.Ordinal) : name).ToList();
        return names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice ? throw new DataException($"its header names the column {twice.Key} {twice.Count()} times.") : names;
    }

    static bool Next(CsvRecords records, int columns, long row)
    {
        try
        {
            if (!records.Next(skipBlank: columns > 1))
                return false;
        }
        catch (DataException e)
        {
            throw new DataException($"row {row}: {e.Message}", e);
        }
        return records.Count == columns ? true : throw new DataException($"row {row} (line {records.Line}) has {records.Count} columns where the header has {columns}.");
    }
}
