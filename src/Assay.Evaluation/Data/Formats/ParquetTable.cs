using Assay.Evaluation.Data.Duck;

namespace Assay.Evaluation.Data.Formats;

/// <summary>A Parquet file, read by DuckDB.</summary>
internal sealed class ParquetTable : ITable
{
    readonly DuckSession session;
    readonly string source;
    readonly IReadOnlyList<(string Name, DuckKind Kind)> columns;

    ParquetTable(DuckSession session, string source, IReadOnlyList<(string, DuckKind)> columns, long rows) => (this.session, this.source, this.columns, Rows) = (session, source, columns, rows);

    public IReadOnlyList<TableColumn> Columns => [.. columns.Select(c => new TableColumn(new(c.Name, c.Kind.Kind), c.Kind.Unreadable))];

    public long Rows { get; }

    // Writers that do not say that their bytes are text mean text all the same.
    public static ITable Open(string path, CancellationToken ct) => Open(path, $"read_parquet({DuckSession.Text(path)}, binary_as_string=true)", ct);

    public IEnumerable<DataBatch> Read(IReadOnlyList<string> wanted, int size, long firstRow, CancellationToken ct)
    {
        var kinds = wanted.Select(name => columns.First(c => c.Name == name)).ToArray();
        var buffers = kinds.Select(c => new ColumnBuffer(new(c.Name, c.Kind.Kind), size)).ToArray();
        var expressions = kinds.Select(c => c.Kind.Cast is { } cast ? $"CAST({DuckSession.Name(c.Name)} AS {cast})" : DuckSession.Name(c.Name));
        using var stop = ct.Register(session.Interrupt);
        using var rows = Start($"SELECT {(wanted.Count == 0 ? "1" : string.Join(", ", expressions))} FROM {source}", firstRow, ct);
        var collected = 0;
        while (Next(rows, firstRow + collected, ct) is { } chunk)
            using (chunk)
                for (var taken = 0; taken < chunk.Rows;)
                {
                    var some = Math.Min(size - collected, chunk.Rows - taken);
                    for (var c = 0; c < buffers.Length; c++)
                        DuckFilling.Fill(buffers[c], kinds[c].Kind, chunk.Column(c), taken, some, firstRow + collected);
                    (taken, collected) = (taken + some, collected + some);
                    if (collected < size)
                        continue;
                    yield return new(firstRow, size, [.. buffers.Select(b => b.Take())]);
                    (firstRow, collected) = (firstRow + size, 0);
                }
        if (collected > 0)
            yield return new(firstRow, collected, [.. buffers.Select(b => b.Take())]);
    }

    public void Dispose() => session.Dispose();

    static ParquetTable Open(string path, string source, CancellationToken ct)
    {
        var session = DuckSession.For(path);
        try
        {
            using var stop = ct.Register(session.Interrupt);
            using var none = session.Run($"SELECT * FROM {source} LIMIT 0");
            var columns = none.Columns().Select(c => (c.Name, DuckKinds.Of(c.Type))).ToList();
            return new(session, source, columns, Count(session, source));
        }
        catch
        {
            session.Dispose();
            ct.ThrowIfCancellationRequested();
            throw;
        }
    }

    static long Count(DuckSession session, string source)
    {
        using var rows = session.Run($"SELECT count(*) FROM {source}");
        using var chunk = rows.Next()!;
        return chunk.Column(0).Values<long>(0, 1)[0];
    }

    DuckRows Start(string sql, long row, CancellationToken ct) => Guarded(() => session.Run(sql), row, ct)!;

    static DuckChunk? Next(DuckRows rows, long row, CancellationToken ct) => Guarded(rows.Next, row, ct);

    /// <summary>DuckDB does not say where a file is damaged: the last row that could be read does.</summary>
    static T? Guarded<T>(Func<T?> read, long row, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        try
        {
            return read();
        }
        catch (DataException e)
        {
            ct.ThrowIfCancellationRequested();
            throw new DataException($"after row {row - 1}: {e.Message}", e);
        }
    }
}
