using System.Numerics.Tensors;
using Assay.Evaluation.Data.Formats;
using DuckDB.NET.Native;

namespace Assay.Evaluation.Data.Duck;

/// <summary>Values out of DuckDB's vectors into ours.</summary>
internal static class DuckFilling
{
    /// <summary>Puts rows of a chunk's column into a buffer.</summary>
    public static void Fill(ColumnBuffer into, DuckKind kind, DuckColumn from, int first, int rows, long firstRow)
    {
        switch (kind.Read)
        {
            case DuckDBType.Double: Numbers(into, from, from.Values<double>(first, rows), first, rows); break;
            case DuckDBType.Float: Floats(into, from, first, rows); break;
            case DuckDBType.Boolean: Small(into, from, from.Values<byte>(first, rows), first); break;
            case DuckDBType.TinyInt: Small(into, from, from.Values<sbyte>(first, rows), first); break;
            case DuckDBType.UnsignedTinyInt: Small(into, from, from.Values<byte>(first, rows), first); break;
            case DuckDBType.SmallInt: Small(into, from, from.Values<short>(first, rows), first); break;
            case DuckDBType.UnsignedSmallInt: Small(into, from, from.Values<ushort>(first, rows), first); break;
            case DuckDBType.Integer: Small(into, from, from.Values<int>(first, rows), first); break;
            case DuckDBType.UnsignedInteger: Small(into, from, from.Values<uint>(first, rows), first); break;
            case DuckDBType.BigInt: Large(into, from, from.Values<long>(first, rows), first); break;
            case DuckDBType.UnsignedBigInt: Large(into, from, from.Values<ulong>(first, rows), first); break;
            default: Texts(into, kind, from, first, rows, firstRow); break;
        }
    }

    static void Numbers(ColumnBuffer into, DuckColumn from, ReadOnlySpan<double> values, int first, int rows)
    {
        var target = into.Numbers(rows);
        values.CopyTo(target);
        if (!from.Complete)
            for (var row = 0; row < rows; row++)
                if (!from.Has(first + row))
                    target[row] = double.NaN;
        into.Settle(rows);
    }

    static void Floats(ColumnBuffer into, DuckColumn from, int first, int rows)
    {
        var target = into.Numbers(rows);
        TensorPrimitives.ConvertTruncating<float, double>(from.Values<float>(first, rows), target);
        for (var row = 0; row < rows && !from.Complete; row++)
            if (!from.Has(first + row))
                target[row] = double.NaN;
        into.Settle(rows);
    }

    /// <summary>Whole numbers that a double always holds.</summary>
    static void Small<T>(ColumnBuffer into, DuckColumn from, ReadOnlySpan<T> values, int first) where T : unmanaged, System.Numerics.INumber<T>
    {
        var target = into.Numbers(values.Length);
        for (var row = 0; row < values.Length; row++)
            target[row] = from.Has(first + row) ? double.CreateTruncating(values[row]) : double.NaN;
        if (!from.Complete)
            into.Settle(values.Length);
    }

    static void Large<T>(ColumnBuffer into, DuckColumn from, ReadOnlySpan<T> values, int first) where T : unmanaged, System.Numerics.INumber<T>
    {
        for (var row = 0; row < values.Length; row++)
            if (from.Has(first + row))
                into.AddWhole(Int128.CreateTruncating(values[row]));
            else
                into.AddMissing();
    }

    static void Texts(ColumnBuffer into, DuckKind kind, DuckColumn from, int first, int rows, long firstRow)
    {
        var times = kind.Read == DuckDBType.Varchar ? default : from.Values<long>(first, rows);
        for (var row = 0; row < rows; row++)
            if (!from.Has(first + row))
                into.AddMissing();
            else if (kind.Read == DuckDBType.TimestampNs)
                into.Add(TimeText.OfNanos(times[row]));
            else if (kind.Read != DuckDBType.Varchar)
                into.Add(TimeText.OfMicros(times[row]) ?? throw new DataException($"row {firstRow + row} has a time outside of the years 1 to 9999 in the column {into.Field.Name}."));
            else if (kind.Kind == DataKind.Whole)
                into.AddWhole(from.Text(first + row));
            else
                into.Add(from.Text(first + row));
    }
}
