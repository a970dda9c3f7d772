using Assay.Contracts;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners;

namespace Assay.Cli.Serving.Inference;

/// <summary>The served model as the Open Inference Protocol sees it; the same for HTTP and gRPC. Its version's name is the digest.</summary>
internal sealed class ServedInference(OnnxModel model, PulledFolder folder)
{
    /// <summary>The protocol's name for what runs the model.</summary>
    public const string Platform = "onnxruntime_onnx";

    public static readonly string[] Extensions = ["binary_tensor_data"];

    public ModelFace Face => model.Face;

    public string Model => folder.Model;

    public string Version => folder.Digest.ToString();

    public static string ServerVersion => typeof(ServedInference).Assembly.GetName().Version!.ToString(3);

    /// <summary>Is this model, in this version (none means any), the one that is served?</summary>
    public bool Serves(string name, string? version) => name == Model && (string.IsNullOrEmpty(version) || version == Version);

    /// <summary>Runs the model on tensors that must be its own by name and datatype.</summary>
    public async Task<Result<IReadOnlyList<Tensor>>> Infer(IReadOnlyList<Tensor> inputs)
    {
        foreach (var port in Face.Inputs)
        {
            var given = inputs.Where(t => t.Name == port.Name).ToList();
            if (given is not [var tensor])
                return ServingRefusals.Input(port.Name, $"is given {given.Count} times");
            if (tensor.Kind != port.Kind)
                return ServingRefusals.Input(port.Name, $"is {tensor.Kind.KServeName()}, the model takes {port.Kind.KServeName()}");
        }
        return inputs.FirstOrDefault(t => Face.Inputs.All(p => p.Name != t.Name)) is { } unknown ? ServingRefusals.Input(unknown.Name, "is none of the model's")
            : await FixedRows.Ask(inputs, Face.FixedRows, part => Task.FromResult(model.Run(part)));
    }

    /// <summary>The outputs that were asked for by name, in that order; none asked means all.</summary>
    public static Result<IReadOnlyList<Tensor>> Chosen(IReadOnlyList<Tensor> outputs, IReadOnlyList<string> wanted)
    {
        if (wanted.Count == 0)
            return outputs.ToList();
        return wanted.FirstOrDefault(w => outputs.All(o => o.Name != w)) is { } unknown ? ServingRefusals.Input(unknown, "is none of the model's outputs")
            : wanted.Select(w => outputs.First(o => o.Name == w)).ToList();
    }
}
