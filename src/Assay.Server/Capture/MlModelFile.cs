using System.Diagnostics.CodeAnalysis;
using Assay.Contracts.Documents;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Assay.Server.Capture;

/// <summary>What an <c>MLmodel</c> file says (mlflow-wire §4.2): the files that its flavors name, and its signature.</summary>
public sealed record MlModelFile(IReadOnlyList<string> Names, string? Inputs, string? Outputs, string? ModelId)
{
    /// <summary>The keys of a flavor whose values are paths inside the model folder.</summary>
    static readonly string[] PathKeys = ["data", "model_path", "model_data", "pickled_model"];

    /// <summary>Does it say what goes in and what comes out?</summary>
    public bool HasSignature => Inputs is { Length: > 0 } && Outputs is { Length: > 0 };

    /// <summary>Reads it; false when it is not the YAML that MLflow writes.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out MlModelFile? file)
    {
        file = null;
        try
        {
            var stream = YamlText.Read(text);
            if (stream.Documents.Count != 1 || stream.Documents[0].RootNode is not YamlMappingNode root || Child(root, "flavors") is not YamlMappingNode flavors)
                return false;
            var signature = Child(root, "signature") as YamlMappingNode;
            file = new([.. flavors.Children.Values.OfType<YamlMappingNode>().SelectMany(Named).Distinct()], Text(signature, "inputs"), Text(signature, "outputs"), Text(root, "model_id"));
            return true;
        }
        catch (YamlException)
        {
            return false;
        }
    }

    static IEnumerable<string> Named(YamlMappingNode flavor)
    {
        foreach (var key in PathKeys)
            if (Text(flavor, key) is { Length: > 0 } path)
                yield return path;
        if (Child(flavor, "env") is YamlMappingNode env)
            foreach (var file in env.Children.Values.OfType<YamlScalarNode>())
                if (file.Value is { Length: > 0 } path)
                    yield return path;
    }

    static YamlNode? Child(YamlMappingNode? map, string key) => map is not null && map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    static string? Text(YamlMappingNode? map, string key) => Child(map, key) is YamlScalarNode { Value: not ("null" or "~") } scalar ? scalar.Value : null;
}
