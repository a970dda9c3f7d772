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
        return tensor.Data switch
        {
            float[] data => OrtValue.CreateTensorValueFromMemory(data, shape),
            double[] data => OrtValue.CreateTensorValueFromMemory(data, shape),
            Half[] data => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(data, h => new Float16(BitConverter.HalfToUInt16Bits(h))), shape),
            long[] data => OrtValue.CreateTensorValueFromMemory(data, shape),
            int[] data => OrtValue.CreateTensorValueFromMemory(data, shape),
            short[] data => OrtValue.CreateTensorValueFromMemory(data, shape),
            sbyte[] data => OrtValue.CreateTensorValueFromMemory(data, shape),
            byte[] data => OrtValue.CreateTensorValueFromMemory(data, shape),
            ushort[] data => OrtValue.CreateTensorValueFromMemory(data, shape),
            uint[] data => OrtValue.CreateTensorValueFromMemory(data, shape),
            ulong[] data => OrtValue.CreateTensorValueFromMemory(data, shape),
            bool[] data => OrtValue.CreateTensorValueFromMemory(data, shape),
            string[] data => OrtValue.CreateFromStringTensor(new DenseTensor<string>(data, tensor.Shape)),
            _ => throw new ArgumentException($"A {tensor.Kind} cannot be given to a model.", nameof(tensor)),
        };
    }

    /// <summary>A copy of an answer. A sequence of maps (scikit-learn's ZipMap) becomes a table with its classes.</summary>
    public static Result<Tensor> Take(string name, OrtValue value) => value.OnnxType switch
    {
        OnnxValueType.ONNX_TYPE_TENSOR => TakeTensor(name, value),
        OnnxValueType.ONNX_TYPE_SEQUENCE => TakeMaps(name, value),
        var other => ModelRefusals.OutputKind(name, other.ToString()),
    };

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

    static Result<Tensor> TakeMaps(string name, OrtValue value)
    {
        var rows = value.GetValueCount();
        string[]? classes = null;
        var numbers = new List<float>();
        for (var row = 0; row < rows; row++)
        {
            using var map = value.GetValue(row, OrtAllocator.DefaultInstance);
            if (map.OnnxType != OnnxValueType.ONNX_TYPE_MAP)
                return ModelRefusals.OutputKind(name, $"a sequence of {map.OnnxType}");
            using OrtValue keys = map.GetValue(0, OrtAllocator.DefaultInstance), values = map.GetValue(1, OrtAllocator.DefaultInstance);
            var answer = TakeTensor(name, values);
            if (!answer.Ok)
                return answer;
            classes ??= Keys(keys);
            for (var i = 0; i < answer.Value.Data.Length; i++)
                numbers.Add((float)answer.Value.Number(i));
        }
        return new Tensor(name, TensorKind.Float, [(int)rows, classes?.Length ?? 0], numbers.ToArray(), classes ?? []);
    }

    static string[] Keys(OrtValue keys) => keys.GetTensorTypeAndShape().ElementDataType == TensorElementType.String
        ? keys.GetStringTensorAsArray()
        : [.. keys.GetTensorDataAsSpan<long>().ToArray().Select(k => k.ToString(CultureInfo.InvariantCulture))];
}
