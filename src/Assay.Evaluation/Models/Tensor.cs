using System.Globalization;

namespace Assay.Evaluation.Models;

/// <summary>What the elements of a tensor are; the numbers are those of ONNX's <c>TensorProto.DataType</c>.</summary>
public enum TensorKind : byte
{
    Float = 1, UInt8 = 2, Int8 = 3, UInt16 = 4, Int16 = 5, Int32 = 6, Int64 = 7, Text = 8, Bool = 9, Half = 10, Double = 11, UInt32 = 12, UInt64 = 13,
}

/// <summary>A named array with a shape, row-major, as it goes into a model and comes out of it.</summary>
/// <param name="Name">The model's name for the input or output.</param>
/// <param name="Kind">What the elements are.</param>
/// <param name="Shape">The dimensions; the first one counts rows.</param>
/// <param name="Data">An array of the kind's .NET type, as long as the product of the shape.</param>
/// <param name="Classes">The classes of the columns, where the model says them with the answer (scikit-learn's ZipMap).</param>
public sealed record Tensor(string Name, TensorKind Kind, int[] Shape, Array Data, IReadOnlyList<string>? Classes = null)
{
    /// <summary>The number of rows; 1 for a scalar.</summary>
    public int Rows => Shape.Length == 0 ? 1 : Shape[0];

    /// <summary>The number of elements in one row.</summary>
    public int Columns => Shape.Skip(1).Aggregate(1, (product, length) => product * length);

    /// <summary>One of its rows, as a tensor of one row.</summary>
    public Tensor Slice(int row)
    {
        var data = Array.CreateInstance(Data.GetType().GetElementType()!, Columns);
        Array.Copy(Data, row * Columns, data, 0, Columns);
        return this with { Shape = [1, .. Shape.Skip(1)], Data = data };
    }

    /// <summary>Are the elements numbers?</summary>
    public bool IsNumber => Kind is not (TensorKind.Text or TensorKind.Bool);

    /// <summary>Can an element be NaN or infinite?</summary>
    public bool IsReal => Kind is TensorKind.Float or TensorKind.Double or TensorKind.Half;

    /// <summary>One element as a number; throws on text.</summary>
    public double Number(int index) => Kind switch // by kind: the runtime takes a byte[] for an sbyte[] too
    {
        TensorKind.Float => ((float[])Data)[index],
        TensorKind.Double => ((double[])Data)[index],
        TensorKind.Half => (double)((Half[])Data)[index],
        TensorKind.Int64 => ((long[])Data)[index],
        TensorKind.Int32 => ((int[])Data)[index],
        TensorKind.Int16 => ((short[])Data)[index],
        TensorKind.Int8 => ((sbyte[])Data)[index],
        TensorKind.UInt8 => ((byte[])Data)[index],
        TensorKind.UInt16 => ((ushort[])Data)[index],
        TensorKind.UInt32 => ((uint[])Data)[index],
        TensorKind.UInt64 => ((ulong[])Data)[index],
        TensorKind.Bool => ((bool[])Data)[index] ? 1 : 0,
        _ => throw new InvalidOperationException($"A {Kind} is no number."),
    };

    /// <summary>A number of this tensor as the decimal that people write for it: a float's 0.1 is 0.1, not 0.10000000149011612.</summary>
    public double Plain(double value) => Kind == TensorKind.Float && double.IsFinite(value)
        ? double.Parse(((float)value).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : value;
}
