using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Client.Api;
using Assay.Contracts;
using Assay.Contracts.Package;

namespace Assay.Agent.Targets;

/// <summary>
/// A folder that <c>assay pull</c> wrote: every file is hashed, and the digest is computed from what is really there (level 4). Altered files
/// give another digest than any approved one, so that tampering shows as what it is.
/// </summary>
public sealed record FolderTarget(string Folder, string Model, string Slot) : Target(Model, Slot)
{
    /// <inheritdoc/>
    public override string Name => Folder;

    /// <inheritdoc/>
    public override async Task<Look> Look(HttpClient http, CancellationToken ct)
    {
        try
        {
            var manifest = await File.ReadAllBytesAsync(Path.Combine(Folder, "assay", "manifest.json"), ct);
            var config = JsonNode.Parse(await File.ReadAllBytesAsync(Path.Combine(Folder, "assay", "config.json"), ct));
            if (config.Map("assay").Text("run_id") is not { } run || !Digest.TryParse(config.Map("assay").Text("seal"), out var seal) || config.Map("descriptor").Text("name") is not { } model)
                return Unknown($"{Folder}/assay/config.json names no run and seal");
            var there = OciManifest.Build(model, run, seal, await Files(Path.Combine(Folder, "model"), ct)).Digest;
            return new(there, 4, there == Digest.Of(manifest) ? null : $"{Folder} does not hold what its manifest says: files were altered, added or removed");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return Unknown($"{Folder} cannot be looked at: {e.Message}");
        }
    }

    static async Task<List<PackageFile>> Files(string folder, CancellationToken ct)
    {
        List<PackageFile> files = [];
        foreach (var path in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false }))
        {
            await using var stream = File.OpenRead(path);
            files.Add(new(Path.GetRelativePath(folder, path).Replace('\\', '/'), stream.Length, Digest.FromHash(await SHA256.HashDataAsync(stream, ct))));
        }
        return files;
    }

    static Look Unknown(string problem) => new(null, 4, problem);
}
