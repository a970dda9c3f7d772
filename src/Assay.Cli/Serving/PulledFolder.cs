using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Package;

namespace Assay.Cli.Serving;

/// <summary>A folder that <c>assay pull</c> wrote (interfaces §7): <c>model/</c>, and beside it the manifest whose SHA-256 is the version's digest.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Model">The model's name, as the config blob says it.</param>
/// <param name="Digest">The version's digest: the SHA-256 of the manifest.</param>
/// <param name="Files">The files that the manifest names.</param>
internal sealed record PulledFolder(string Path, string Model, Digest Digest, IReadOnlyList<PackageFile> Files)
{
    /// <summary>Where the model's files lie.</summary>
    public string ModelFolder => System.IO.Path.Combine(Path, "model");

    /// <summary>Reads manifest and config, which must belong together; hashes no file yet.</summary>
    public static async Task<Result<PulledFolder>> Open(string folder, CancellationToken ct)
    {
        var path = System.IO.Path.GetFullPath(folder);
        try
        {
            var manifest = await File.ReadAllBytesAsync(System.IO.Path.Combine(path, "assay", "manifest.json"), ct);
            var config = await File.ReadAllBytesAsync(System.IO.Path.Combine(path, "assay", "config.json"), ct);
            if ((string?)JsonNode.Parse(manifest)!["config"]?["digest"] != Digest.Of(config).ToString())
                return ServingRefusals.NotPulled(path, "assay/config.json is not the one that assay/manifest.json names");
            return (string?)JsonNode.Parse(config)!["descriptor"]?["name"] is { } model
                ? new PulledFolder(path, model, Digest.Of(manifest), OciManifest.Files(manifest))
                : ServingRefusals.NotPulled(path, "assay/config.json names no model");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException or InvalidOperationException)
        {
            return ServingRefusals.NotPulled(path, e.Message);
        }
    }

    /// <summary>Hashes every file. Gives what is altered, missing or not of the version; empty when all is as the manifest says.</summary>
    public async Task<IReadOnlyList<string>> Altered(CancellationToken ct)
    {
        var wrong = new List<string>();
        foreach (var file in Files)
            if (!await Matches(file, ct))
                wrong.Add(file.Path);
        var known = Files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        if (Directory.Exists(ModelFolder))
            // Folders are none of a version's content; a link to one is something that was put there.
            wrong.AddRange(Directory.EnumerateFileSystemEntries(ModelFolder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .Where(entry => !Directory.Exists(entry) || new FileInfo(entry).LinkTarget is not null)
                .Select(entry => System.IO.Path.GetRelativePath(ModelFolder, entry)).Where(entry => !known.Contains(entry)));
        return [.. wrong.Order(StringComparer.Ordinal)];
    }

    async Task<bool> Matches(PackageFile file, CancellationToken ct)
    {
        if (Evaluation.Models.FolderPath.Inside(ModelFolder, file.Path) is not { } inside)
            return false;
        try
        {
            await using var stream = File.OpenRead(inside);
            return stream.Length == file.Size && Digest.FromHash(await SHA256.HashDataAsync(stream, ct)) == file.Digest;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
