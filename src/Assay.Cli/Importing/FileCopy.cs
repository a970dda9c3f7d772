using Assay.Client.Api;

namespace Assay.Cli.Importing;

/// <summary>Copies the files of one artifact root to another, streamed; what is there in the same size was copied before.</summary>
internal sealed class FileCopy(MlflowServer target, ImportTally tally)
{
    /// <summary>Copies every file of <paramref name="files"/> below <paramref name="root"/>, an <c>mlflow-artifacts:</c> address.</summary>
    public async Task Copy(IAsyncEnumerable<SourceFile> files, Func<string, Task<Stream>> open, string root, CancellationToken ct)
    {
        var below = root["mlflow-artifacts:".Length..].Trim('/');
        Dictionary<string, Dictionary<string, long>> folders = [];
        await foreach (var file in files.WithCancellation(ct))
        {
            var path = $"{below}/{file.Path}";
            var (folder, name) = (path[..path.LastIndexOf('/')], path[(path.LastIndexOf('/') + 1)..]);
            if (!folders.TryGetValue(folder, out var there))
                folders[folder] = there = await There(folder, ct);
            if (there.TryGetValue(name, out var size) && size == file.Size)
                continue;
            await target.Put(path, () => open(file.Path), ct);
            tally.Count("files");
            tally.Count("bytes", file.Size);
        }
    }

    async Task<Dictionary<string, long>> There(string folder, CancellationToken ct) =>
        (await target.Listing(folder, ct)).Maps("files").Where(f => !f.Truth("is_dir")).ToDictionary(f => f.Text("path") ?? "", f => f.Whole("file_size") ?? 0);
}
