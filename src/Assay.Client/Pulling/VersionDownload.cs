using System.Security.Cryptography;
using System.Text;
using Assay.Client.Api;
using Assay.Client.Verification;
using Assay.Contracts;
using Assay.Contracts.Package;

namespace Assay.Client.Pulling;

/// <summary>What was downloaded is not what its digest says; nothing is kept.</summary>
public sealed class DamagedDownloadException(string message) : Exception(message);

/// <summary>Writes a version's files (interfaces §7), each hashed while it arrives: bytes are checked whether or not signatures are.</summary>
public sealed class VersionDownload(AssayApi api)
{
    const int BufferSize = 1 << 17;

    /// <summary>Asks for all that proves a version; with an environment also that it is approved there.</summary>
    public async Task<Bundle> Bundle(string model, string version, string? environment, string? slot, CancellationToken ct) =>
        Verification.Bundle.Read(await api.Get(ApiPath.Of("models", model, "versions", version, "bundle").With(("environment", environment), ("slot", environment is null ? null : slot)), ct));

    /// <summary>
    /// Writes the folder whole or not at all: beside it first, then renamed. <paramref name="inspect"/> looks at the finished folder before it
    /// appears and may refuse it. Throws <see cref="IOException"/> when the folder is there and not empty.
    /// </summary>
    public async Task<bool> WriteWhole(Bundle bundle, string folder, Func<string, Task<bool>> inspect, CancellationToken ct)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        RequireFree(folder);
        var parent = Path.GetDirectoryName(folder)!;
        Directory.CreateDirectory(parent);
        var beside = Path.Combine(parent, $".{Path.GetFileName(folder)}.{Guid.NewGuid():N}");
        try
        {
            await Write(bundle, beside, ct);
            if (!await inspect(beside))
                return false;
            RequireFree(folder);
            if (Directory.Exists(folder))
                Directory.Delete(folder);
            Directory.Move(beside, folder);
            return true;
        }
        finally
        {
            if (Directory.Exists(beside))
                Directory.Delete(beside, recursive: true);
        }
    }

    /// <summary>Writes <c>model/</c> and <c>assay/</c> into a new folder.</summary>
    public async Task Write(Bundle bundle, string folder, CancellationToken ct)
    {
        if (Digest.Of(bundle.Manifest) is var found && found != bundle.Digest)
            throw new DamagedDownloadException($"The registry's manifest has the sha256 {found}, wanted {bundle.Digest}. Ask the registry's operator to run `assay ledger verify` and to look at its storage.");
        var model = Path.Combine(folder, "model");
        Directory.CreateDirectory(model);
        foreach (var file in OciManifest.Files(bundle.Manifest))
            await Fetch(file, model, ct);
        var proofs = Directory.CreateDirectory(Path.Combine(folder, "assay")).FullName;
        await Keep(Path.Combine(proofs, "manifest.json"), bundle.Manifest, ct);
        await Keep(Path.Combine(proofs, "config.json"), bundle.Config, ct);
        await Keep(Path.Combine(proofs, "run.json"), CanonicalJson.Bytes(bundle.Run), ct);
        await Keep(Path.Combine(proofs, "bundle.json"), Encoding.UTF8.GetBytes(bundle.Json.ToJsonString()), ct);
    }

    async Task Fetch(PackageFile file, string model, CancellationToken ct)
    {
        if (!SafePath.IsInside(file.Path))
            throw new DamagedDownloadException($"The manifest names the file '{file.Path}', which would lie outside the folder. Nothing was written.");
        var path = Path.Combine(model, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var answer = await api.Open(ApiPath.Of("artifacts", file.Digest.ToString()), ct);
        await using var from = await answer.Content.ReadAsStreamAsync(ct);
        await using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        for (int n; (n = await from.ReadAsync(buffer, ct)) > 0;)
        {
            hash.AppendData(buffer, 0, n);
            await to.WriteAsync(buffer.AsMemory(0, n), ct);
        }
        if (Digest.FromHash(hash.GetHashAndReset()) is var found && found != file.Digest)
            throw new DamagedDownloadException($"{file.Path} arrived with the sha256 {found}, wanted {file.Digest}. Nothing was kept; try again, and if it stays so ask the registry's operator to look at its storage.");
        to.Flush(flushToDisk: true);
    }

    static async Task Keep(string path, byte[] bytes, CancellationToken ct)
    {
        await using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0);
        await stream.WriteAsync(bytes, ct);
        stream.Flush(flushToDisk: true);
    }

    static void RequireFree(string folder)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new IOException($"{folder} is there and not empty. Give a folder that does not exist yet, or an empty one: a pulled version appears whole or not at all.");
    }
}
