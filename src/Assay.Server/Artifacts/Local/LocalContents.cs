using System.IO.Pipelines;
using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Artifacts.Local;

/// <summary>
/// Bytes by their SHA-256 in a folder: <c>blobs/ab/abcd…</c>. Received beside, hashed on the way, synced, renamed, the folder synced: a crash
/// leaves the whole content or nothing, and what was acknowledged is on the disk.
/// </summary>
sealed class LocalContents : IContentStore
{
    readonly bool ours;
    readonly string folder;
    readonly string blobs;
    readonly string incoming;

    /// <param name="folder">Where.</param>
    /// <param name="ours">Does no other server use the folder? Then what is incoming at start was left by a crash.</param>
    public LocalContents(string folder, bool ours)
    {
        this.ours = ours;
        this.folder = Path.GetFullPath(folder);
        (blobs, incoming) = (Path.Combine(this.folder, "blobs"), Path.Combine(this.folder, "incoming"));
    }

    public string Description => folder;

    public Task Prepare(CancellationToken ct)
    {
        try
        {
            Directory.CreateDirectory(incoming);
            for (var i = 0; i < 256; i++)
                Directory.CreateDirectory(Path.Combine(blobs, i.ToString("x2")));
            DurableFile.SyncFolder(blobs);
            // What a crash left: nobody was told that it was kept.
            if (ours)
                Incoming.Remove(incoming, before: null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The artifact folder {folder} cannot be written ({e.Message}). Make it writable for the user that runs the server, or give another with --artifacts.", e);
        }
        return Task.CompletedTask;
    }

    public async Task<Content> Receive(PipeReader body, long? length, CancellationToken ct)
    {
        var file = Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        try
        {
            var content = await IncomingFile.Write(file, body, ct);
            // An older file of the same content gives way: it may have been damaged since.
            DurableFile.MoveInto(file, PathOf(content.Digest));
            return content;
        }
        catch (Exception e) when (LocalErrors.IsDisk(e))
        {
            throw LocalErrors.Unavailable(e);
        }
        finally
        {
            Incoming.Discard(file);
        }
    }

    public Task<long?> Size(Digest digest, CancellationToken ct)
    {
        var file = new FileInfo(PathOf(digest));
        return Task.FromResult<long?>(file.Exists ? file.Length : null);
    }

    public Task<OpenContent?> Open(Digest digest, ByteRange? range, CancellationToken ct)
    {
        try
        {
            var file = new FileStream(PathOf(digest), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
            file.Position = range?.From ?? 0;
            return Task.FromResult<OpenContent?>(new(file, file.Length));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<OpenContent?>(null);
        }
        catch (Exception e) when (LocalErrors.IsDisk(e))
        {
            throw LocalErrors.Unavailable(e);
        }
    }

    public Task<int> Sweep(DateTimeOffset before, CancellationToken ct)
    {
        try
        {
            return Task.FromResult(Incoming.Remove(incoming, before));
        }
        catch (Exception e) when (LocalErrors.IsDisk(e))
        {
            throw LocalErrors.Unavailable(e);
        }
    }

    public void Dispose()
    {
    }

    string PathOf(Digest digest) => Path.Combine(blobs, digest.Hex[..2], digest.Hex);
}
