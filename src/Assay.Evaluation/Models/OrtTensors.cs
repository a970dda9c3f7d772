using System.Globalization;
using Assay.Contracts;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Assay.Evaluation.Models;

/// <summary>Our tensors as ONNX Runtime's and back.</summary>
internal static class OrtTensors
{
    /// <summary>A value that ONNX Runtime can read; it keeps our array pinned until it is disposed.</summary>
    public static OrtValue Give(Tensor tensor)
    {
        long[] shape = [.. tensor.Shape.Select(d => (long)d)];
        return tensor.Kind switch // by kind: the runtime takes a byte[] for an sbyte[] too
        {
            TensorKind.Float => OrtValue.CreateTensorValueFromMemory((float[])tensor.Data, shape),
            TensorKind.Double => OrtValue.CreateTensorValueFromMemory((double[])tensor.Data, shape),
            TensorKind.Half => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll((Half[])tensor.Data, h => new Float16(BitConverter.HalfToUInt16Bits(h))), shape),
            TensorKind.Int64 => OrtValue.CreateTensorValueFromMemory((long[])tensor.Data, shape),
            TensorKind.Int32 => OrtValue.CreateTensorValueFromMemory((int[])tensor.Data, shape),
            TensorKind.Int16 => OrtValue.CreateTensorValueFromMemory((short[])tensor.Data, shape),
            TensorKind.Int8 => OrtValue.CreateTensorValueFromMemory((sbyte[])tensor.Data, shape),
            TensorKind.UInt8 => OrtValue.CreateTensorValueFromMemory((byte[])tensor.Data, shape),
            TensorKind.UInt16 => OrtValue.CreateTensorValueFromMemory((ushort[])tensor.Data, shape),
            TensorKind.UInt32 => OrtValue.CreateTensorValueFromMemory((uint[])tensor.Data, shape),
            TensorKind.UInt64 => OrtValue.CreateTensorValueFromMemory((ulong[])tensor.Data, shape),
            TensorKind.Bool => OrtValue.CreateTensorValueFromMemory((bool[])tensor.Data, shape),
            TensorKind.Text => OrtValue.CreateFromStringTensor(new DenseTensor<string>((string[])tensor.Data, tensor.Shape)),
            _ => throw new ArgumentException($"A {tensor.Kind} cannot be given to a model.", nameof(tensor)),
        };
    }

    /// <summary>
    /// A copy of an answer. A sequence of maps (scikit-learn's ZipMap), or one map, becomes a table with its classes; a sequence of tensors (scikit-learn's
    /// classifiers of several labels) becomes the outputs <c>NAME[0]</c>, <c>NAME[1]</c> and so on.
    /// </summary>
    public static Result<IReadOnlyList<Tensor>> Take(string name, OrtValue value) => value.OnnxType switch
    {
        OnnxValueType.ONNX_TYPE_TENSOR => One(TakeTensor(name, value)),
        OnnxValueType.ONNX_TYPE_SEQUENCE => TakeSequence(name, value),
        OnnxValueType.ONNX_TYPE_MAP => One(TakeMaps(name, [value])),
        var other => ModelRefusals.OutputKind(name, other.ToString()),
    };

    static Result<IReadOnlyList<Tensor>> One(Result<Tensor> tensor) => tensor.Ok ? new List<Tensor> { tensor.Value } : tensor.Refusal!;

    static Result<IReadOnlyList<Tensor>> TakeSequence(string name, OrtValue value)
    {
        var items = new List<OrtValue>();
        try
        {
            for (var i = 0; i < value.GetValueCount(); i++)
                items.Add(value.GetValue(i, OrtAllocator.DefaultInstance));
            if (items.TrueForAll(i => i.OnnxType == OnnxValueType.ONNX_TYPE_MAP))
                return One(TakeMaps(name, items));
            var tensors = new List<Tensor>();
            foreach (var (at, item) in items.Index())
            {
                var tensor = item.OnnxType == OnnxValueType.ONNX_TYPE_TENSOR ? TakeTensor(string.Create(CultureInfo.InvariantCulture, $"{name}[{at}]"), item)
                    : ModelRefusals.OutputKind(name, $"a sequence of {item.OnnxType}");
                if (!tensor.Ok)
                    return tensor.Refusal!;
                tensors.Add(tensor.Value);
            }
            return tensors;
        }
        finally
        {
            foreach (var item in items)
                item.Dispose();
        }
    }

    static Result<Tensor> TakeTensor(string name, OrtValue value)
    {
        var facts = value.GetTensorTypeAndShape();
        int[] shape = [.. facts.Shape.Select(d => checked((int)d))];
        var kind = (TensorKind)(int)facts.ElementDataType;
        Array? data = kind switch
        {
            TensorKind.Float => value.GetTensorDataAsSpan<float>().ToArray(),
            TensorKind.Double => value.GetTensorDataAsSpan<double>().ToArray(),
            TensorKind.Half => Array.ConvertAll(value.GetTensorDataAsSpan<Float16>().ToArray(), h => BitConverter.UInt16BitsToHalf(h.value)),
            TensorKind.Int64 => value.GetTensorDataAsSpan<long>().ToArray(),
            TensorKind.Int32 => value.GetTensorDataAsSpan<int>().ToArray(),
            TensorKind.Int16 => value.GetTensorDataAsSpan<short>().ToArray(),
            TensorKind.Int8 => value.GetTensorDataAsSpan<sbyte>().ToArray(),
            TensorKind.UInt8 => value.GetTensorDataAsSpan<byte>().ToArray(),
            TensorKind.UInt16 => value.GetTensorDataAsSpan<ushort>().ToArray(),
            TensorKind.UInt32 => value.GetTensorDataAsSpan<uint>().ToArray(),
            TensorKind.UInt64 => value.GetTensorDataAsSpan<ulong>().ToArray(),
            TensorKind.Bool => value.GetTensorDataAsSpan<bool>().ToArray(),
            TensorKind.Text => value.GetStringTensorAsArray(),
            _ => null,
        };
        return data is null ? ModelRefusals.OutputKind(name, facts.ElementDataType.ToString()) : new Tensor(name, kind, shape, data);
    }

    static Result<Tensor> TakeMaps(string name, IReadOnlyList<OrtValue> maps)
    {
        string[]? classes = null;
        var numbers = new List<float>();
        foreach (var map in maps)
        {
            using OrtValue keys = map.GetValue(0, OrtAllocator.DefaultInstance), values = map.GetValue(1, OrtAllocator.DefaultInstance);
            var answer = TakeTensor(name, values);
            if (!answer.Ok)
                return answer;
            if (!answer.Value.IsNumber)
                return ModelRefusals.OutputKind(name, "a map to text");
            classes ??= Keys(keys);
            if (answer.Value.Data.Length != classes.Length)
                return ModelRefusals.OutputKind(name, "a sequence of maps with other keys in each row");
            for (var i = 0; i < answer.Value.Data.Length; i++)
                numbers.Add((float)answer.Value.Number(i));
        }
        return new Tensor(name, TensorKind.Float, [maps.Count, classes?.Length ?? 0], numbers.ToArray(), classes ?? []);
    }

    static string[] Keys(OrtValue keys) => keys.GetTensorTypeAndShape().ElementDataType == TensorElementType.String
        ? keys.GetStringTensorAsArray()
        : [.. keys.GetTensorDataAsSpan<long>().ToArray().Select(k => k.ToString(CultureInfo.InvariantCulture))];
}
