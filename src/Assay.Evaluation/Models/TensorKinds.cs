namespace Assay.Evaluation.Models;

/// <summary>The names and sizes of tensor kinds.</summary>
public static class TensorKinds
{
    static readonly (TensorKind Kind, string KServe, string NumPy, Type Type, int Size)[] All =
    [
        (TensorKind.Float, "FP32", "float32", typeof(float), 4), (TensorKind.Double, "FP64", "float64", typeof(double), 8),
        (TensorKind.Half, "FP16", "float16", typeof(Half), 2), (TensorKind.Int8, "INT8", "int8", typeof(sbyte), 1),
        (TensorKind.Int16, "INT16", "int16", typeof(short), 2), (TensorKind.Int32, "INT32", "int32", typeof(int), 4),
        (TensorKind.Int64, "INT64", "int64", typeof(long), 8), (TensorKind.UInt8, "UINT8", "uint8", typeof(byte), 1),
        (TensorKind.UInt16, "UINT16", "uint16", typeof(ushort), 2), (TensorKind.UInt32, "UINT32", "uint32", typeof(uint), 4),
        (TensorKind.UInt64, "UINT64", "uint64", typeof(ulong), 8), (TensorKind.Bool, "BOOL", "bool", typeof(bool), 1),
        (TensorKind.Text, "BYTES", "str", typeof(string), 0),
    ];

    /// <summary>The name that KServe's v2 protocol has, such as FP32.</summary>
    public static string KServeName(this TensorKind kind) => All.First(k => k.Kind == kind).KServe;

    /// <summary>The name that NumPy has, such as float32.</summary>
    public static string NumPyName(this TensorKind kind) => All.First(k => k.Kind == kind).NumPy;

    /// <summary>The bytes of one element; 0 for text, which has no fixed size.</summary>
    public static int Size(this TensorKind kind) => All.First(k => k.Kind == kind).Size;

    /// <summary>An array of that kind with room for so many elements.</summary>
    public static Array Allocate(this TensorKind kind, int length) => Array.CreateInstance(All.First(k => k.Kind == kind).Type, length);

    /// <summary>Is it one of the kinds that are known here?</summary>
    public static bool Known(TensorKind kind) => All.Any(k => k.Kind == kind);

    /// <summary>Reads KServe's or NumPy's name, in any case; null when it is neither.</summary>
    public static TensorKind? Parse(string name) =>
        All.Where(k => k.KServe.Equals(name, StringComparison.OrdinalIgnoreCase) || k.NumPy.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(k => (TensorKind?)k.Kind).FirstOrDefault();
}
