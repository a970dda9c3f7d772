using System.Runtime.InteropServices;
using System.Text;

namespace Assay.Evaluation.Data.Duck;

/// <summary>One column of a chunk: a flat array of values, and one bit for each that says whether it is there.</summary>
internal readonly unsafe struct DuckColumn(byte* data, ulong* valid)
{
    const int Inlined = 12;
    readonly byte* data = data;
    readonly ulong* valid = valid;

    /// <summary>Has every row a value?</summary>
    public bool Complete => valid is null;

    /// <summary>Has this row a value?</summary>
    public bool Has(int row) => valid is null || (valid[row >> 6] >> (row & 63) & 1) != 0;

    /// <summary>The values of some rows.</summary>
    public ReadOnlySpan<T> Values<T>(int first, int rows) where T : unmanaged => new((T*)data + first, rows);

    /// <summary>The text of a row: up to 12 bytes stand in the value itself, longer ones elsewhere.</summary>
    public string Text(int row)
    {
        var value = data + ((nint)row * 16);
        var length = *(int*)value;
        return Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpan(ref length <= Inlined ? ref value[4] : ref **(byte**)(value + 8), length));
    }
}
