using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Client;

/// <summary>A model folder as MLflow's clients write and read it.</summary>
public sealed class ModelFolder
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    ModelFolder(IReadOnlyList<ModelFile> files, JsonObject description) => (Files, Description) = (files, description);

    /// <summary>Its files; <c>MLmodel</c> is the last, so that an interrupted upload is no model.</summary>
    public IReadOnlyList<ModelFile> Files { get; }

    internal JsonObject Description { get; }

    /// <summary>The folder for a model, without sending it anywhere.</summary>
    /// <param name="model">The model.</param>
    /// <param name="artifactPath">The folder's place in a run's artifacts.</param>
    /// <param name="runId">The run that made it; null: none.</param>
    /// <param name="madeAt">When.</param>
    public static ModelFolder Of(OnnxModel model, string artifactPath, string? runId, DateTimeOffset madeAt)
    {
        var description = MLmodelFile.Describe(model, artifactPath, runId, madeAt);
        List<ModelFile> files = [new(MLmodelFile.Weights, model.Bytes, model.File)];
        files.AddRange(model.Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => new ModelFile(ArtifactPath.Check(file.Key), default, file.Value)));
        files.AddRange(ScoringEnvironment.Files(model.Requirements ?? ScoringEnvironment.Requirements(DependencyLock.Find(null))));
        if (model.Example is { } example)
            files.Add(new(MLmodelFile.Example, JsonSerializer.SerializeToUtf8Bytes(example.ToJson(), Readable), null));
        files.Add(new("MLmodel", Encoding.UTF8.GetBytes(MLmodelFile.Yaml(description)), null));
        return new(files, description);
    }

    /// <summary>Writes the folder to this machine.</summary>
    public async Task WriteToAsync(string directory, CancellationToken ct = default)
    {
        foreach (var file in Files)
        {
            var path = Path.Combine(directory, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (file.Source is { } source)
                File.Copy(source, path, overwrite: true);
            else
                await File.WriteAllBytesAsync(path, file.Bytes, ct).ConfigureAwait(false);
        }
    }
}
