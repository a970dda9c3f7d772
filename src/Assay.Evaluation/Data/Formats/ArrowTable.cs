using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;

namespace Assay.Evaluation.Data.Formats;

/// <summary>
/// An Arrow IPC file (also Feather, version 2) or stream, read one record batch at a time. The file is walked through once when it is opened, so
/// that its rows are counted and a damaged one is known before anything is measured.
/// </summary>
internal sealed class ArrowTable : ITable
{
    static ReadOnlySpan<byte> FileMagic => "ARROW1"u8;

    readonly string path;
    readonly IReadOnlyList<ArrowColumn> columns;

    ArrowTable(string path, IReadOnlyList<ArrowColumn> columns, long rows) => (this.path, this.columns, Rows) = (path, columns, rows);

    public IReadOnlyList<TableColumn> Columns => [.. columns.Select(c => c.Column)];

    public long Rows { get; }

    public static ITable Open(string path, CancellationToken ct)
    {
        using var source = Source(path);
        var schema = Guarded(() => source.Schema, 1);
        var names = schema.FieldsList.Select(f => f.Name).ToList();
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new DataException($"it names the column {twice.Key} {twice.Count()} times.");
        var rows = 0L;
        while (Guarded(source.ReadNextRecordBatch, rows + 1) is { } batch)
            using (batch)
            {
                ct.ThrowIfCancellationRequested();
                rows += batch.Length;
            }
        return new ArrowTable(path, [.. schema.FieldsList.Select(ArrowColumn.Of)], rows);
    }

    public IEnumerable<DataBatch> Read(IReadOnlyList<string> wanted, int size, long firstRow, CancellationToken ct)
    {
        var indexes = wanted.Select(name => columns.ToList().FindIndex(c => c.Column.Field.Name == name)).ToArray();
        var buffers = indexes.Select(i => new ColumnBuffer(columns[i].Column.Field, size)).ToArray();
        using var source = Source(path);
        var collected = 0;
        while (Guarded(source.ReadNextRecordBatch, firstRow + collected) is { } batch)
            using (batch)
                for (var taken = 0; taken < batch.Length;)
                {
                    ct.ThrowIfCancellationRequested();
                    var some = Math.Min(size - collected, batch.Length - taken);
                    for (var c = 0; c < buffers.Length; c++)
                        columns[indexes[c]].Fill(buffers[c], batch.Column(indexes[c]), taken, some, firstRow + collected);
                    (taken, collected) = (taken + some, collected + some);
                    if (collected < size)
                        continue;
                    yield return new(firstRow, size, [.. buffers.Select(b => b.Take())]);
                    (firstRow, collected) = (firstRow + size, 0);
                }
        if (collected > 0)
            yield return new(firstRow, collected, [.. buffers.Select(b => b.Take())]);
    }

    public void Dispose()
    {
    }

    /// <summary>A file begins with its magic, and a stream with its first message, whatever the name says.</summary>
    static ArrowStreamReader Source(string path)
    {
        var stream = new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan });
        Span<byte> head = stackalloc byte[FileMagic.Length];
        var isFile = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual(FileMagic);
        stream.Position = 0;
        return isFile ? new ArrowFileReader(stream, allocator: null, compressionCodecFactory: new CompressionCodecFactory()) : new ArrowStreamReader(stream, allocator: null, leaveOpen: false, compressionCodecFactory: new CompressionCodecFactory());
    }

    /// <summary>The library says of damaged bytes whatever comes to its mind: an index, a null, an overflow. All of them mean the file.</summary>
    static T Guarded<T>(Func<T> read, long row)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            throw new DataException($"after row {row - 1}: {e.Message}", e);
        }
    }
}
