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

    public Task Probe(CancellationToken ct) => Guarded(() => Directory.Exists(blobs) ? Task.FromResult(true) : throw new DirectoryNotFoundException($"there is no folder {blobs}"));

    public Task<Content> Receive(PipeReader body, long? length, CancellationToken ct) => Guarded(async () =>
    {
        var file = Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        try
        {
            var content = await IncomingFile.Write(file, body, ct);
            // An older file of the same content gives way: it may have been damaged since.
            DurableFile.MoveInto(file, PathOf(content.Digest));
            return content;
        }
        finally
        {
            Incoming.Discard(file);
        }
    });

    public Task<StoredPart> ReceivePart(string upload, PipeReader body, long? length, CancellationToken ct) => Guarded(async () =>
    {
        var name = Guid.NewGuid().ToString("N");
        Directory.CreateDirectory(PartsOf(upload));
        var file = Path.Combine(PartsOf(upload), name);
        try
        {
            var content = await IncomingFile.Write(file, body, ct);
            return new StoredPart(name, content.Digest, content.Size);
        }
        catch
        {
            Incoming.Discard(file);
            throw;
        }
    });

    public async Task<Content> Join(string upload, IReadOnlyList<StoredPart> parts, CancellationToken ct)
    {
        await using var joined = new JoinedParts(parts, (part, _) => Task.FromResult(OpenFile(Path.Combine(PartsOf(upload), part.Name), null)));
        return await Receive(PipeReader.Create(joined, new(bufferSize: 1 << 18)), joined.Length, ct);
    }

    public Task Abandon(string upload, CancellationToken ct)
    {
        Incoming.DiscardFolder(PartsOf(upload));
        return Task.CompletedTask;
    }

    public Task<long?> Size(Digest digest, CancellationToken ct)
    {
        var file = new FileInfo(PathOf(digest));
        return Task.FromResult<long?>(file.Exists ? file.Length : null);
    }

    public Task<OpenContent?> Open(Digest digest, ByteRange? range, CancellationToken ct) => Task.FromResult(OpenFile(PathOf(digest), range));

    public Task<int> Sweep(DateTimeOffset before, CancellationToken ct) => Guarded(() => Task.FromResult(Incoming.Remove(incoming, before)));

    public void Dispose()
    {
    }

    static OpenContent? OpenFile(string path, ByteRange? range)
    {
        try
        {
            var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
            file.Position = range?.From ?? 0;
            return new(file, file.Length);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (LocalErrors.IsDisk(e))
        {
            throw LocalErrors.Unavailable(e);
        }
    }

    static async Task<T> Guarded<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (LocalErrors.IsDisk(e))
        {
            throw LocalErrors.Unavailable(e);
        }
    }

    /// <summary>The parts of an upload, whose id is hex digits of our own.</summary>
    string PartsOf(string upload) => Path.Combine(incoming, upload);

    string PathOf(Digest digest) => Path.Combine(blobs, digest.Hex[..2], digest.Hex);
}
