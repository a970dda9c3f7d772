using System.Text;

namespace Assay.Client;

public sealed partial class Run
{
    /// <summary>Uploads one file, streamed.</summary>
    /// <param name="file">A file on this machine.</param>
    /// <param name="folder">Where in the run's artifacts; null: at the root.</param>
    /// <param name="ct">Ends the call.</param>
    public Task LogArtifactAsync(string file, string? folder = null, CancellationToken ct = default) =>
        artifacts.FileAsync(file, ArtifactPath.Join(folder, Path.GetFileName(file)), ct);

    /// <summary>Uploads a folder with all that is in it, in ordinal order of paths.</summary>
    public async Task LogArtifactsAsync(string directory, string? folder = null, CancellationToken ct = default)
    {
        var files = Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        foreach (var file in files)
            await artifacts.FileAsync(file, ArtifactPath.Join(folder, Path.GetRelativePath(directory, file).Replace('\\', '/')), ct).ConfigureAwait(false);
    }

    /// <summary>Uploads a text as a file (UTF-8).</summary>
    public Task LogTextAsync(string text, string path, CancellationToken ct = default) => LogBytesAsync(Encoding.UTF8.GetBytes(text), path, ct);

    /// <summary>Uploads bytes as a file.</summary>
    public Task LogBytesAsync(ReadOnlyMemory<byte> bytes, string path, CancellationToken ct = default) => artifacts.BytesAsync(bytes, ArtifactPath.Check(path), ct);

    /// <summary>
    /// Logs an ONNX model as an MLflow model folder: <c>MLmodel</c>, the bytes, signature, input example and the pinned environment that scores it.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The folder's place in the run's artifacts.</param>
    /// <param name="ct">Ends the call.</param>
    /// <returns>The folder as it was uploaded.</returns>
    public async Task<ModelFolder> LogOnnxModelAsync(OnnxModel model, string path = "model", CancellationToken ct = default)
    {
        var folder = ModelFolder.Of(model, ArtifactPath.Check(path), Id, options.Time.GetUtcNow());
        foreach (var file in folder.Files)
        {
            var at = ArtifactPath.Join(path, file.Path);
            await (file.Source is { } source ? artifacts.FileAsync(source, at, ct) : artifacts.BytesAsync(file.Bytes, at, ct)).ConfigureAwait(false);
        }
        await wire.LogModelAsync(Id, folder.Description, ct).ConfigureAwait(false);
        return folder;
    }

    internal async Task LogEnvironmentAsync(string? dependenciesFile, CancellationToken ct)
    {
        await LogBytesAsync(RuntimeFacts.Write(), "environment/runtime.json", ct).ConfigureAwait(false);
        if (DependencyLock.Find(dependenciesFile) is { } found)
            await LogBytesAsync(found.Write(), "environment/packages.lock.json", ct).ConfigureAwait(false);
    }
}
