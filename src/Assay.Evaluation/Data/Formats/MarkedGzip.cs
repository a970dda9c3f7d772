using System.IO.Compression;

namespace Assay.Evaluation.Data.Formats;

/// <summary>
/// A gzip file as it is read, with a member of our own behind its last: the runtime takes a file that breaks off for one that ends. Only where the
/// file's own members are whole does our mark come out at the end.
/// </summary>
internal sealed class MarkedGzip : Stream
{
    readonly Stream file;
    readonly MemoryStream behind = new();

    MarkedGzip(Stream file)
    {
        this.file = file;
        using (var packed = new GZipStream(behind, CompressionLevel.Fastest, leaveOpen: true))
            packed.Write(Mark);
        behind.Position = 0;
    }

    /// <summary>What comes out behind the file's own bytes.</summary>
    public static ReadOnlySpan<byte> Mark => [0x9d, 0x1f, 0x6c, 0xe3, 0x52, 0x0a, 0xb8, 0x47, 0x7e, 0xd5, 0x31, 0x84, 0xfa, 0x2b, 0xc9, 0x60];

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The unpacked bytes of a file and then the mark.</summary>
    public static Stream Open(Stream file) => new GZipStream(new MarkedGzip(file), CompressionMode.Decompress);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, count) is > 0 and var read ? read : behind.Read(buffer, offset, count);

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
            behind.Dispose();
        }
        base.Dispose(disposing);
    }
}
