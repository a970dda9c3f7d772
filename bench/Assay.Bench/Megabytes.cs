using System.Net;
using System.Security.Cryptography;

namespace Assay.Bench;

/// <summary>Bytes of any size that no other round sends, without holding them: one random megabyte, numbered anew each time.</summary>
sealed class Megabytes(int count) : HttpContent
{
    public const int One = 1 << 20;

    readonly byte[] block = RandomNumberGenerator.GetBytes(One);

    /// <summary>Gives them one after the other.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> All()
    {
        for (var i = 0; i < count; i++)
        {
            BitConverter.TryWriteBytes(block, i);
            yield return block;
        }
    }

    /// <summary>Writes them to a file.</summary>
    public async Task Save(string file)
    {
        await using var stream = File.Create(file);
        await SerializeToStreamAsync(stream, null);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        foreach (var bytes in All())
            await stream.WriteAsync(bytes);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = (long)count * One;
        return true;
    }
}
