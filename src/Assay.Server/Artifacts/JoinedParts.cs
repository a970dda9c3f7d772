using System.Security.Cryptography;
using Assay.Contracts;

namespace Assay.Server.Artifacts;

/// <summary>The parts of an upload read one after the other as one stream, each compared with its digest. Throws <see cref="PartDamagedException"/>.</summary>
sealed class JoinedParts(IReadOnlyList<StoredPart> parts, Func<StoredPart, CancellationToken, Task<OpenContent?>> open) : Stream
{
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    OpenContent? current;
    long left;
    int next;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => parts.Sum(p => p.Size);
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (current is null)
        {
            if (next == parts.Count)
                return 0;
            current = await open(parts[next++], cancellationToken) ?? throw new PartDamagedException(next);
            left = parts[next - 1].Size;
            if (current.Size != left)
                throw new PartDamagedException(next);
            if (left == 0)
                await Next();
        }
        var read = await current.Bytes.ReadAsync(buffer[..(int)Math.Min(buffer.Length, left)], cancellationToken);
        hash.AppendData(buffer.Span[..read]);
        left -= read;
        if (read == 0 || (left == 0 && Digest.FromHash(hash.GetHashAndReset()) != parts[next - 1].Digest))
            throw new PartDamagedException(next);
        if (left == 0)
            await Next();
        return read;
    }

    async Task Next()
    {
        await current!.DisposeAsync();
        current = null;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("read it asynchronously");
    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            current?.Bytes.Dispose();
            hash.Dispose();
        }
        base.Dispose(disposing);
    }
}
