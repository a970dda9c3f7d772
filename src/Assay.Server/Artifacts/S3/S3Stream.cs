using Amazon.S3.Model;

namespace Assay.Server.Artifacts.S3;

/// <summary>The bytes of an answer; a connection that breaks is the store's failure, not the client's.</summary>
sealed class S3Stream(GetObjectResponse answer, S3Address address) : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await answer.ResponseStream.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (S3Errors.IsStore(e) || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw S3Errors.Unavailable(e, address);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("read it asynchronously");
    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            answer.Dispose();
        base.Dispose(disposing);
    }
}
