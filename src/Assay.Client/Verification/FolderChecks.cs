using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Client.Api;
using Assay.Contracts;
using Assay.Contracts.Package;

namespace Assay.Client.Verification;

/// <summary>Do the files of a pulled folder (interfaces §7) give the digest, by the published recipe and nothing else?</summary>
static class FolderChecks
{
    public static async Task<IReadOnlyList<Check>> Of(string folder, Bundle bundle, Expectation expected, CancellationToken ct)
    {
        var manifest = await Read(folder, "manifest.json", ct);
        var config = await Read(folder, "config.json", ct);
        var run = await Read(folder, "run.json", ct);
        if (manifest is null || config is null || run is null)
            return [new("folder", false, $"{folder} lacks assay/manifest.json, assay/config.json or assay/run.json: it was not written by assay pull")];
        var digest = Digest.Of(manifest);
        return
        [
            new("manifest", digest == bundle.Digest && (expected.Digest is null || expected.Digest == digest),
                digest == bundle.Digest && (expected.Digest is null || expected.Digest == digest) ? $"its sha256 is {digest}" : $"its sha256 is {digest}, wanted {expected.Digest ?? bundle.Digest}"),
            .. Config(manifest, config, bundle.Model),
            Seal(config, run),
            .. await Files(Path.Combine(folder, "model"), manifest, ct),
        ];
    }

    static IEnumerable<Check> Config(byte[] manifest, byte[] config, string model)
    {
        var descriptor = Parsed(manifest).Map("config");
        var fits = descriptor.Text("digest") == Digest.Of(config).ToString() && descriptor.Whole("size") == config.Length;
        yield return new("config", fits, fits ? "is the one that the manifest names" : "is not the one that the manifest names");
        var name = Parsed(config).Map("descriptor").Text("name");
        yield return new("model name", name == model, name == model ? $"{model}" : $"the package is of '{name}', the bundle says '{model}'");
    }

    static Check Seal(byte[] config, byte[] run)
    {
        var seal = Parsed(config).Map("assay").Text("seal");
        var facts = Parsed(run);
        var found = facts is null ? null : CanonicalJson.DigestOf(facts).ToString();
        return new("seal", found == seal, found == seal ? $"the run's facts give {seal}" : $"the run's facts give {found ?? "nothing"}, the package says {seal ?? "nothing"}");
    }

    static async Task<IReadOnlyList<Check>> Files(string folder, byte[] manifest, CancellationToken ct)
    {
        IReadOnlyList<PackageFile> files;
        try
        {
            files = OciManifest.Files(manifest);
        }
        catch (FormatException e)
        {
            return [new("files", false, e.Message)];
        }
        List<string> wrong = [];
        foreach (var file in files)
            if (await Problem(folder, file, ct) is { } problem)
                wrong.Add(problem);
        var known = files.Select(f => f.Path).ToHashSet();
        if (Directory.Exists(folder))
            wrong.AddRange(Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .Where(f => !Directory.Exists(f) || new FileInfo(f).LinkTarget is not null).Select(f => Path.GetRelativePath(folder, f)).Where(f => !known.Contains(f)).Select(f => $"{f} is not in the manifest"));
        return [new("files", wrong.Count == 0, wrong.Count == 0 ? $"{files.Count} files, {files.Sum(f => f.Size)} bytes, every sha256 as in the manifest" : string.Join("; ", wrong))];
    }

    static async Task<string?> Problem(string folder, PackageFile file, CancellationToken ct)
    {
        if (!SafePath.IsInside(file.Path))
            return $"{file.Path} would lie outside the folder";
        var info = new FileInfo(Path.Combine(folder, file.Path));
        if (!info.Exists)
            return $"{file.Path} is missing";
        if (info.LinkTarget is not null)
            return $"{file.Path} is a link";
        if (info.Length != file.Size)
            return $"{file.Path} has {info.Length} bytes, wanted {file.Size}";
        await using var stream = info.OpenRead();
        var found = Digest.FromHash(await SHA256.HashDataAsync(stream, ct));
        return found == file.Digest ? null : $"{file.Path} has {found.Short}…, wanted {file.Digest.Short}…";
    }

    static async Task<byte[]?> Read(string folder, string name, CancellationToken ct)
    {
        var file = Path.Combine(folder, "assay", name);
        return File.Exists(file) ? await File.ReadAllBytesAsync(file, ct) : null;
    }

    internal static JsonObject? Parsed(byte[] json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
