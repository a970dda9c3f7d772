using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Threading.Channels;
using Assay.Contracts;
using Assay.Server.Storage;
using Microsoft.Win32.SafeHandles;

namespace Assay.Server.Artifacts.Local;

/// <summary>
/// Writes a body to a new file. Receiving, hashing and writing go on side by side, a few blocks apart, so that the slowest of them sets the
/// pace and not their sum; at most <see cref="Most"/> + 2 blocks are in memory, however large the body.
/// </summary>
sealed class IncomingFile : IDisposable
{
    const int Block = 256 << 10, Most = 4, Ahead = 8 << 20;

    readonly SafeFileHandle file;
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly Channel<(byte[] Bytes, int Count)> full = Channel.CreateBounded<(byte[], int)>(new BoundedChannelOptions(Most) { SingleReader = true, SingleWriter = true });
    long size, begun;

    IncomingFile(string path) => file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);

    /// <summary>Takes the body to its end; the file is on the disk when this returns.</summary>
    public static async Task<Content> Write(string path, PipeReader body, CancellationToken ct)
    {
        using var incoming = new IncomingFile(path);
        var keeping = incoming.Keep();
        try
        {
            await incoming.Fill(body, ct);
        }
        catch (ChannelClosedException)
        {
            // The disk refused: what it said is thrown below.
        }
        finally
        {
            incoming.full.Writer.TryComplete();
            await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await keeping;
        RandomAccess.FlushToDisk(incoming.file);
        return new(Digest.FromHash(incoming.hash.GetHashAndReset()), incoming.size);
    }

    async Task Fill(PipeReader body, CancellationToken ct)
    {
        var (block, held) = (ArrayPool<byte>.Shared.Rent(Block), 0);
        for (var done = false; !done;)
        {
            var read = await body.ReadAsync(ct);
            foreach (var piece in read.Buffer)
                for (var rest = piece; rest.Length > 0;)
                {
                    var n = Math.Min(rest.Length, Block - held);
                    rest[..n].CopyTo(block.AsMemory(held));
                    (held, rest) = (held + n, rest[n..]);
                    if (held < Block)
                        continue;
                    await full.Writer.WriteAsync((block, held), ct);
                    (block, held) = (ArrayPool<byte>.Shared.Rent(Block), 0);
                }
            body.AdvanceTo(read.Buffer.End);
            done = read.IsCompleted;
        }
        await full.Writer.WriteAsync((block, held), ct);
    }

    async Task Keep()
    {
        try
        {
            await foreach (var (bytes, count) in full.Reader.ReadAllAsync())
            {
                var writing = Task.Run(() => RandomAccess.Write(file, bytes.AsSpan(0, count), size));
                hash.AppendData(bytes, 0, count);
                await writing;
                size += count;
                if (size - begun >= Ahead)
                {
                    DurableFile.BeginWriting(file, begun, size - begun);
                    begun = size;
                }
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }
        catch (Exception e)
        {
            full.Writer.TryComplete(e);
            throw;
        }
    }

    public void Dispose()
    {
        file.Dispose();
        hash.Dispose();
    }
}
