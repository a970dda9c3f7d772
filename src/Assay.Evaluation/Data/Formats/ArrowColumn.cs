using Apache.Arrow;
using Apache.Arrow.Types;

namespace Assay.Evaluation.Data.Formats;

/// <summary>How a column of Arrow's types is read.</summary>
internal sealed record ArrowColumn(TableColumn Column)
{
    public static ArrowColumn Of(Field field)
    {
        var type = field.DataType is DictionaryType dictionary ? dictionary.ValueType : field.DataType;
        var (kind, unreadable) = type switch
        {
            BooleanType => (DataKind.Truth, null),
            Int8Type or Int16Type or Int32Type or Int64Type or UInt8Type or UInt16Type or UInt32Type or UInt64Type => (DataKind.Whole, null),
            HalfFloatType or FloatType or DoubleType or Decimal32Type or Decimal64Type or Decimal128Type or Decimal256Type => (DataKind.Number, null),
            StringType or LargeStringType or StringViewType or NullType or Date32Type or Date64Type or TimestampType or Time32Type or Time64Type => (DataKind.Text, null),
            NestedType => (DataKind.Text, $"it is nested ({type.Name})"),
            _ => (DataKind.Text, (string?)$"its type {type.Name} is not read"),
        };
        return new(new TableColumn(new(field.Name, kind), unreadable));
    }

    /// <summary>Puts rows of a record batch's column into a buffer.</summary>
    public void Fill(ColumnBuffer into, IArrowArray from, int first, int rows, long firstRow)
    {
        switch (from)
        {
            case DictionaryArray dictionary: Indexed(into, dictionary, first, rows, firstRow); break;
            case DoubleArray doubles when doubles.NullCount == 0:
                doubles.Values.Slice(first, rows).CopyTo(into.Numbers(rows));
                into.Settle(rows);
                break;
            default:
                for (var row = 0; row < rows; row++)
                    Put(into, from, first + row, firstRow + row);
                break;
        }
    }

    void Indexed(ColumnBuffer into, DictionaryArray from, int first, int rows, long firstRow)
    {
        for (var row = 0; row < rows; row++)
            if (Index(from.Indices, first + row) is { } index)
                Put(into, from.Dictionary, index, firstRow + row);
            else
                into.AddMissing();
    }

    static int? Index(IArrowArray indices, int row) => indices switch
    {
        Int8Array a => a.GetValue(row),
        Int16Array a => a.GetValue(row),
        Int32Array a => a.GetValue(row),
        Int64Array a => (int?)a.GetValue(row),
        UInt8Array a => a.GetValue(row),
        UInt16Array a => a.GetValue(row),
        UInt32Array a => (int?)a.GetValue(row),
        UInt64Array a => (int?)a.GetValue(row),
        _ => throw new DataException($"a dictionary with indices of the type {indices.Data.DataType.Name} is not read."),
    };

    void Put(ColumnBuffer into, IArrowArray from, int row, long number)
    {
        if (from.IsNull(row))
        {
            into.AddMissing();
            return;
        }
        switch (from)
        {
            case BooleanArray a: into.Add(a.GetValue(row)!.Value ? 1 : 0); break;
            case Int8Array a: into.AddWhole(a.Values[row]); break;
            case Int16Array a: into.AddWhole(a.Values[row]); break;
            case Int32Array a: into.AddWhole(a.Values[row]); break;
            case Int64Array a: into.AddWhole(a.Values[row]); break;
            case UInt8Array a: into.AddWhole(a.Values[row]); break;
            case UInt16Array a: into.AddWhole(a.Values[row]); break;
            case UInt32Array a: into.AddWhole(a.Values[row]); break;
            case UInt64Array a: into.AddWhole(a.Values[row]); break;
            case HalfFloatArray a: into.Add((double)a.Values[row]); break;
            case FloatArray a: into.Add(a.Values[row]); break;
            case DoubleArray a: into.Add(a.Values[row]); break;
            case StringArray a: into.Add(a.GetString(row)); break;
            case LargeStringArray a: into.Add(a.GetString(row)); break;
            case StringViewArray a: into.Add(a.GetString(row)); break;
            default: into.AddWritten(ArrowText.Of(from, row) ?? throw new DataException($"row {number} has a value in the column {Column.Field.Name} that its type does not allow.")); break;
        }
    }
}
