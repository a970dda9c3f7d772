using DuckDB.NET.Native;

namespace Assay.Evaluation.Data.Duck;

/// <summary>The rows that a statement gives, a chunk at a time.</summary>
internal sealed class DuckRows(DuckDBResult result) : IDisposable
{
    DuckDBResult result = result;
    bool closed;

    /// <summary>The names and types of the columns.</summary>
    public IReadOnlyList<(string Name, DuckDBType Type)> Columns()
    {
        var count = (long)NativeMethods.Query.DuckDBColumnCount(ref result);
        var columns = new (string, DuckDBType)[count];
        for (var c = 0L; c < count; c++)
            columns[c] = (NativeMethods.Query.DuckDBColumnName(ref result, c), NativeMethods.Query.DuckDBColumnType(ref result, c));
        return columns;
    }

    /// <summary>The next chunk, to be disposed of; null at the end.</summary>
    public DuckChunk? Next()
    {
        var chunk = NativeMethods.StreamingResult.DuckDBStreamFetchChunk(result);
        var rows = chunk.IsInvalid ? 0 : (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk);
        if (rows > 0)
            return new(chunk, rows);
        chunk.Dispose();
        return NativeMethods.Query.DuckDBResultError(ref result) is { Length: > 0 } why ? throw DuckErrors.Of(why) : null;
    }

    public void Dispose()
    {
        if (!closed)
            NativeMethods.Query.DuckDBDestroyResult(ref result);
        closed = true;
    }
}
