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
    public double Number(int index) => Data switch
    {
        float[] values => values[index],
        double[] values => values[index],
        Half[] values => (double)values[index],
        long[] values => values[index],
        int[] values => values[index],
        short[] values => values[index],
        sbyte[] values => values[index],
        byte[] values => values[index],
        ushort[] values => values[index],
        uint[] values => values[index],
        ulong[] values => values[index],
        bool[] values => values[index] ? 1 : 0,
        _ => throw new InvalidOperationException($"A {Kind} is no number."),
    };

    /// <summary>A number of this tensor as the decimal that people write for it: a float's 0.1 is 0.1, not 0.10000000149011612.</summary>
    public double Plain(double value) => Kind == TensorKind.Float && double.IsFinite(value)
        ? double.Parse(((float)value).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : value;
}
