using System.Text;
using System.Text.Json;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners.Inference.Wire;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Assay.Evaluation.Runners.Inference;

/// <summary>Tensors as messages of the protocol and back. Raw contents are written; raw and typed contents are read.</summary>
public static class GrpcTensors
{
    /// <summary>A question.</summary>
    public static ModelInferRequest Question(string model, IReadOnlyList<Tensor> inputs)
    {
        var question = new ModelInferRequest { ModelName = model };
        foreach (var input in inputs)
        {
            question.Inputs.Add(new ModelInferRequest.Types.InferInputTensor { Name = input.Name, Datatype = input.Kind.KServeName(), Shape = { input.Shape.Select(d => (long)d) } });
            question.RawInputContents.Add(UnsafeByteOperations.UnsafeWrap(RawTensor.Write(input)));
        }
        return question;
    }

    /// <summary>An answer.</summary>
    public static ModelInferResponse Answer(string model, string version, string id, IReadOnlyList<Tensor> outputs)
    {
        var answer = new ModelInferResponse { ModelName = model, ModelVersion = version, Id = id };
        foreach (var output in outputs)
        {
            var one = new ModelInferResponse.Types.InferOutputTensor { Name = output.Name, Datatype = output.Kind.KServeName(), Shape = { output.Shape.Select(d => (long)d) } };
            if (output.Classes is { Count: > 0 } classes)
                one.Parameters[InferenceBody.Classes] = new() { StringParam = JsonSerializer.Serialize(classes) };
            answer.Outputs.Add(one);
            answer.RawOutputContents.Add(UnsafeByteOperations.UnsafeWrap(RawTensor.Write(output)));
        }
        return answer;
    }

    /// <summary>The inputs of a question; throws <see cref="FormatException"/> or <see cref="OverflowException"/> when they are none.</summary>
    public static IEnumerable<Tensor> Inputs(ModelInferRequest question) =>
        question.Inputs.Select((t, i) => One(t.Name, t.Datatype, t.Shape, t.Contents, Raw(question.RawInputContents, i, question.Inputs.Count)));

    /// <summary>The outputs of an answer; throws as <see cref="Inputs"/>, and <see cref="JsonException"/> on classes that are no list.</summary>
    public static IEnumerable<Tensor> Outputs(ModelInferResponse answer) => answer.Outputs.Select((t, i) =>
    {
        var tensor = One(t.Name, t.Datatype, t.Shape, t.Contents, Raw(answer.RawOutputContents, i, answer.Outputs.Count));
        return t.Parameters.TryGetValue(InferenceBody.Classes, out var classes) && classes.StringParam.Length > 0
            ? tensor with { Classes = JsonSerializer.Deserialize<string[]>(classes.StringParam) } : tensor;
    });

    static ByteString? Raw(RepeatedField<ByteString> raw, int at, int tensors) => raw.Count == 0 ? null
        : raw.Count == tensors ? raw[at] : throw new FormatException($"{raw.Count} raw contents for {tensors} tensors");

    static Tensor One(string name, string datatype, RepeatedField<long> dimensions, InferTensorContents? contents, ByteString? raw)
    {
        var kind = TensorKinds.Parse(datatype) ?? throw new FormatException($"{name} has the datatype {datatype}, which is not known here");
        int[] shape = [.. dimensions.Select(d => d is >= 0 and <= int.MaxValue ? (int)d : throw new FormatException($"{name} has a dimension of {d}"))];
        if (raw is not null)
            return RawTensor.Read(name, kind, shape, raw.Span);
        var typed = contents ?? new();
        Array data = kind switch
        {
            TensorKind.Bool => typed.BoolContents.ToArray(),
            TensorKind.Int8 => typed.IntContents.Select(v => checked((sbyte)v)).ToArray(),
            TensorKind.Int16 => typed.IntContents.Select(v => checked((short)v)).ToArray(),
            TensorKind.Int32 => typed.IntContents.ToArray(),
            TensorKind.Int64 => typed.Int64Contents.ToArray(),
            TensorKind.UInt8 => typed.UintContents.Select(v => checked((byte)v)).ToArray(),
            TensorKind.UInt16 => typed.UintContents.Select(v => checked((ushort)v)).ToArray(),
            TensorKind.UInt32 => typed.UintContents.ToArray(),
            TensorKind.UInt64 => typed.Uint64Contents.ToArray(),
            TensorKind.Float => typed.Fp32Contents.ToArray(),
            TensorKind.Double => typed.Fp64Contents.ToArray(),
            TensorKind.Text => typed.BytesContents.Select(b => Encoding.UTF8.GetString(b.Span)).ToArray(),
            _ => throw new FormatException($"{name} is {datatype}, which has no other form than raw"),
        };
        return shape.Aggregate(1L, (product, d) => checked(product * d)) == data.Length ? new(name, kind, shape, data)
            : throw new FormatException($"{name} has {data.Length} elements, which its shape [{string.Join(", ", shape)}] does not hold");
    }
}
