using DuckDB.NET.Native;

namespace Assay.Evaluation.Data.Duck;

/// <summary>Some rows in DuckDB's own memory, which lives until the chunk is disposed of.</summary>
internal sealed unsafe class DuckChunk(DuckDBDataChunk chunk, int rows) : IDisposable
{
    public int Rows => rows;

    /// <summary>One column of it.</summary>
    public DuckColumn Column(int index)
    {
        var vector = NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, index);
        return new((byte*)NativeMethods.Vectors.DuckDBVectorGetData(vector), NativeMethods.Vectors.DuckDBVectorGetValidity(vector));
    }

    public void Dispose() => chunk.Dispose();
}
