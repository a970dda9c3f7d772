using Assay.Contracts;

namespace Assay.Evaluation.Models;

/// <summary>Every reason why a model folder cannot be used.</summary>
internal static class ModelRefusals
{
    public static Refusal NoFolder(string path) => new(RefusalKind.NotFound, "model-folder-missing",
        $"There is no model folder {path}.", "Give the folder that holds the MLmodel file.", "model");

    public static Refusal NoMLmodel(string path) => new(RefusalKind.Invalid, "mlmodel-missing",
        $"{path} has no MLmodel file, so nothing says how to load the model.", "Log the model with an MLflow client (mlflow.onnx.log_model, Assay.Client), which writes it.", "MLmodel");

    public static Refusal BadMLmodel(string path, string why) => new(RefusalKind.Invalid, "mlmodel-unreadable",
        $"The MLmodel file of {path} cannot be read: {why}.", "Log the model again with an MLflow client.", "MLmodel");

    public static Refusal UnknownFlavor(string path, IReadOnlyList<string> flavors) => new(RefusalKind.Invalid, "flavor-unknown",
        $"The model has the flavors {string.Join(", ", flavors)}; this version runs onnx only.", "Log the model as ONNX (mlflow.onnx.log_model) beside its own flavor.", "MLmodel.flavors");

    public static Refusal OutsideFolder(string path, string data) => new(RefusalKind.Invalid, "model-file-outside",
        $"MLmodel names the file '{data}', which does not lie inside the model folder.", "Name a file inside the folder by a relative path without '..'.", "MLmodel.flavors.onnx.data");

    public static Refusal NoOnnxFile(string path, string data) => new(RefusalKind.Invalid, "model-file-missing",
        $"MLmodel names the file '{data}', which {path} does not have.", "Log the model again; its upload was incomplete.", "MLmodel.flavors.onnx.data");

    public static Refusal ExternalData(string location) => new(RefusalKind.Invalid, "external-data-outside",
        $"The model keeps weights in '{location}', which does not lie inside the model folder.",
        "Save the model with its external data beside it, named by a relative path without '..' and without links that lead out.", "external_data.location");

    public static Refusal ExternalDataMissing(string location) => new(RefusalKind.Invalid, "external-data-missing",
        $"The model keeps weights in '{location}', which the model folder does not have.", "Log the model again together with its external data.", "external_data.location");

    public static Refusal NotOnnx(string why) => new(RefusalKind.Invalid, "model-unreadable",
        $"The model's file is no ONNX model: {why}.", "Export the model again and check it with onnx.checker.", "model");

    public static Refusal DoesNotLoad(string why) => new(RefusalKind.Invalid, "model-does-not-load",
        $"ONNX Runtime does not load the model: {why}.", "Check the export with onnx.checker, and its opset against ONNX Runtime 1.31.", "model");

    public static Refusal DoesNotRun(string why) => new(RefusalKind.Invalid, "model-does-not-run",
        $"The model fails on this input: {why}.", "Check the input's shapes and types against the model's.", "input");

    public static Refusal OutputKind(string output, string kind) => new(RefusalKind.Invalid, "output-unknown",
        $"The model's output {output} is {kind}, which this version does not read.", "Export the model with tensors as outputs (scikit-learn: zipmap=False).", "output");

    public static Refusal InputKind(string input, string kind) => new(RefusalKind.Invalid, "input-unknown",
        $"The model's input {input} is {kind}, which this version does not give.", "Export the model with tensors as inputs.", "input");
}
