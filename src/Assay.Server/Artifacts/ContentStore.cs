using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Artifacts;

/// <summary>What was received: its digest and size in bytes.</summary>
public sealed record Content(Digest Digest, long Size);

/// <summary>
/// Bytes by their SHA-256 in a folder: <c>blobs/ab/abcd…</c>. Received beside, hashed on the way, synced, renamed, the folder synced: a crash
/// leaves the whole content or nothing, and what was acknowledged is on the disk.
/// </summary>
public sealed class ContentStore
{
    const int BufferSize = 1 << 20;
    readonly string blobs;
    readonly string incoming;

    public ContentStore(string folder)
    {
        blobs = Path.Combine(folder, "blobs");
        incoming = Path.Combine(folder, "incoming");
        Directory.CreateDirectory(blobs);
        Directory.CreateDirectory(incoming);
        for (var i = 0; i < 256; i++)
            Directory.CreateDirectory(Path.Combine(blobs, i.ToString("x2")));
        DurableFile.SyncFolder(blobs);
        // What a crash left: nobody was told that it was kept.
        foreach (var left in Directory.EnumerateFiles(incoming))
            File.Delete(left);
    }

    /// <summary>Takes a stream to its end. The content is durable when this returns. Throws <see cref="IOException"/> when the disk refuses.</summary>
    public async Task<Content> Receive(PipeReader body, CancellationToken ct)
    {
        var file = Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        try
        {
            var (digest, size) = await Write(file, body, ct);
            Keep(file, digest);
            return new(digest, size);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Opens a content for reading; null when it is not here.</summary>
    public FileStream? Open(Digest digest)
    {
        try
        {
            return new(PathOf(digest), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Reads a small content whole (a manifest, an MLmodel); null when it is not here or larger than the limit.</summary>
    public async Task<byte[]?> Read(Digest digest, int mostBytes, CancellationToken ct)
    {
        await using var stream = Open(digest);
        if (stream is null || stream.Length > mostBytes)
            return null;
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    async Task<(Digest, long)> Write(string file, PipeReader body, CancellationToken ct)
    {
        await using var stream = new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous });
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var (held, size) = (0, 0L);
        try
        {
            while (true)
            {
                var read = await body.ReadAsync(ct);
                foreach (var piece in read.Buffer)
                {
                    for (var rest = piece; rest.Length > 0;)
                    {
                        var n = Math.Min(rest.Length, BufferSize - held);
                        rest[..n].CopyTo(buffer.AsMemory(held));
                        (held, rest) = (held + n, rest[n..]);
                        if (held == BufferSize)
                            await Flush();
                    }
                }
                body.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    break;
            }
            await Flush();
            stream.Flush(flushToDisk: true);
            return (Digest.FromHash(hash.GetHashAndReset()), size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        async Task Flush()
        {
            // Hash and write the same buffer at once: two cores, one pass.
            var writing = stream.WriteAsync(buffer.AsMemory(0, held), ct);
            hash.AppendData(buffer, 0, held);
            await writing;
            size += held;
            held = 0;
        }
    }

    void Keep(string file, Digest digest)
    {
        var target = PathOf(digest);
        if (!File.Exists(target))
            DurableFile.MoveInto(file, target);
        else
            // Another upload brought it; its rename may not be synced yet, and ours is about to be acknowledged.
            DurableFile.SyncFolder(Path.GetDirectoryName(target)!);
    }

    string PathOf(Digest digest) => Path.Combine(blobs, digest.Hex[..2], digest.Hex);
}
