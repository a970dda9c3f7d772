using System.Text.Json.Serialization;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners.Onnx;

/// <summary>What the worker is told first.</summary>
internal sealed record OpenModel(string OnnxFile, string Folder, long AddressSpace, long CpuSeconds);

/// <summary>Why the worker did not do it.</summary>
internal sealed record WorkerRefusal(string Code, string Message, string? Mend, string? Field);

[JsonSourceGenerationOptions(RespectNullableAnnotations = true)]
[JsonSerializable(typeof(OpenModel))]
[JsonSerializable(typeof(ModelFace))]
[JsonSerializable(typeof(WorkerRefusal))]
internal sealed partial class WorkerJson : JsonSerializerContext;
