using Assay.Contracts;
using Assay.Contracts.Documents;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Assay.Evaluation.Models;

/// <summary>A model in MLflow's layout: a folder with an <c>MLmodel</c> that names the ONNX file and the signature.</summary>
/// <param name="Path">The folder's full path.</param>
/// <param name="OnnxFile">The ONNX file's full path, inside the folder.</param>
/// <param name="Signature">The signature; null when the model has none.</param>
public sealed record ModelFolder(string Path, string OnnxFile, ModelSignature? Signature)
{
    const long LargestMLmodel = 16 << 20;

    /// <summary>Reads the folder's <c>MLmodel</c>. A folder, a file, a flavor that cannot be used is a refusal with its mend.</summary>
    public static Result<ModelFolder> Open(string folder) => Open(folder, (path, root) =>
        Map(root, "flavors") is { } flavors ? Read(path, root, flavors) : ModelRefusals.BadMLmodel(path, "it has no flavors"));

    /// <summary>Reads no more than the signature, whatever the flavor: for a model that something else runs. Null when it has none.</summary>
    public static Result<ModelSignature?> SignatureOf(string folder) => Open<ModelSignature?>(folder, (_, root) => Signed(root));

    static Result<T> Open<T>(string folder, Func<string, YamlMappingNode, Result<T>> read)
    {
        var path = System.IO.Path.GetFullPath(folder);
        var file = System.IO.Path.Combine(path, "MLmodel");
        if (!Directory.Exists(path))
            return ModelRefusals.NoFolder(path);
        if (!File.Exists(file))
            return ModelRefusals.NoMLmodel(path);
        try
        {
            if (new FileInfo(file).Length > LargestMLmodel)
                return ModelRefusals.BadMLmodel(path, "it is larger than 16 MiB");
            return YamlText.Read(File.ReadAllText(file)).Documents is [{ RootNode: YamlMappingNode root }] ? read(path, root) : ModelRefusals.BadMLmodel(path, "it is no YAML mapping");
        }
        catch (Exception e) when (e is YamlException or FormatException or IOException or UnauthorizedAccessException)
        {
            return ModelRefusals.BadMLmodel(path, e.Message);
        }
    }

    static Result<ModelFolder> Read(string path, YamlMappingNode root, YamlMappingNode flavors)
    {
        if (Map(flavors, "onnx") is not { } onnx)
            return ModelRefusals.UnknownFlavor(path, [.. flavors.Children.Keys.Select(k => k.ToString())]);
        var data = Text(onnx, "data") ?? "model.onnx";
        if (FolderPath.Inside(path, data) is not { } named)
            return ModelRefusals.OutsideFolder(path, data);
        // MLflow writes either the file itself or, for a model with external data, the folder it lies in.
        var model = Directory.Exists(named) ? FolderPath.Inside(path, data.TrimEnd('/') + "/model.onnx") : named;
        if (model is null || !File.Exists(model))
            return ModelRefusals.NoOnnxFile(path, data);
        return new ModelFolder(path, model, Signed(root));
    }

    static ModelSignature? Signed(YamlMappingNode root) => Map(root, "signature") is { } signature && Text(signature, "inputs") is { } inputs ? ModelSignature.Parse(inputs) : null;

    static YamlMappingNode? Map(YamlMappingNode map, string key) => map.Children.TryGetValue(key, out var node) ? node as YamlMappingNode : null;

    static string? Text(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(key, out var node) && node is YamlScalarNode { Value: { Length: > 0 } value } && value is not ("null" or "~") ? value : null;
}
