using Assay.Cli.Surface;
using Assay.Client.Api;
using Assay.Client.Pulling;
using Assay.Contracts;

namespace Assay.Cli.Serving;

/// <summary>
/// Versions that were pulled to be served, one folder per digest under <c>$XDG_CACHE_HOME/assay/models</c>. A version that is here and unaltered
/// is served without the registry when it was named by its whole digest: a restart must not hang on it.
/// </summary>
internal static class ServedVersions
{
    /// <summary>The folder of a version, pulled now unless it is here whole. Throws <see cref="DamagedDownloadException"/>.</summary>
    public static async Task<string> Folder(Call call, string version, CancellationToken ct)
    {
        if (VersionName.Parse(version) is { } name && Digest.TryParse(name.Key, out var digest) && await Holds(FolderOf(digest), ct))
            return FolderOf(digest);
        var (model, key) = await call.Resolve(version, ct);
        var download = new VersionDownload(call.Api);
        var bundle = await download.Bundle(model, key, environment: null, slot: null, ct);
        var folder = FolderOf(bundle.Digest ?? throw new DamagedDownloadException($"{version} has no digest yet: it is not sealed. Wait for its run to end, then serve it."));
        if (await Holds(folder, ct))
            return folder;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        call.Out.Note($"Pulling {bundle.Model}@{bundle.Digest} into {folder} …");
        await download.WriteWhole(bundle, folder, _ => Task.FromResult(true), ct);
        return folder;
    }

    static async Task<bool> Holds(string folder, CancellationToken ct) =>
        Directory.Exists(folder) && (await PulledFolder.Open(folder, ct)) is { Refusal: null, Value: var pulled } && (await pulled.Altered(ct)).Count == 0;

    static string FolderOf(Digest digest) => Path.Combine(Cache(), "assay", "models", digest.ToString().Replace(':', '-'));

    static string Cache() => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg
        ? xdg
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}
