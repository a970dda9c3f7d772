namespace Assay.Server.Retries;

/// <summary>
/// Holds an answer back until it is kept. One that grows over the limit is let through as it comes and is not kept: memory stays bounded.
/// </summary>
sealed class HeldResponse(Stream client) : Stream
{
    const int MostHeld = 1 << 20;
    readonly MemoryStream held = new();

    /// <summary>Was it too large to hold?</summary>
    public bool LetThrough { get; private set; }

    /// <summary>What is held.</summary>
    public byte[] Content => held.ToArray();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!LetThrough && held.Length + buffer.Length <= MostHeld)
        {
            held.Write(buffer.Span);
            return;
        }
        if (!LetThrough)
        {
            LetThrough = true;
            await client.WriteAsync(held.GetBuffer().AsMemory(0, (int)held.Length), cancellationToken);
            held.SetLength(0);
        }
        await client.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("answers are written asynchronously");

    public override Task FlushAsync(CancellationToken cancellationToken) => LetThrough ? client.FlushAsync(cancellationToken) : Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
