using System.IO.Pipelines;
using Assay.Contracts;

namespace Assay.Server.Artifacts;

/// <summary>What was received: its digest and size in bytes.</summary>
public sealed record Content(Digest Digest, long Size);

/// <summary>A run of bytes of a content: where it begins, and how many bytes it has. It lies inside the content.</summary>
public readonly record struct ByteRange(long From, long Count);

/// <summary>
/// Bytes by their SHA-256. A content is there whole or not at all, once only, and durable when <see cref="Receive"/> returns.
/// Everything throws <see cref="Storage.StoreUnavailableException"/> when the place of the bytes cannot be reached, read or written; what the
/// sender of a body does wrong comes through as it is.
/// </summary>
public interface IContentStore : IDisposable
{
    /// <summary>Where the bytes are, for people: no secrets.</summary>
    string Description { get; }

    /// <summary>Tries the place before the server starts. Throws <see cref="Storage.StartRefusedException"/> with what to do.</summary>
    Task Prepare(CancellationToken ct);

    /// <summary>Asks the place whether it is there. Throws <see cref="Storage.StoreUnavailableException"/>.</summary>
    Task Probe(CancellationToken ct);

    /// <summary>Takes a body to its end. <paramref name="length"/> is its size in bytes as announced, or null.</summary>
    Task<Content> Receive(PipeReader body, long? length, CancellationToken ct);

    /// <summary>The size of a content in bytes; null when it is not here.</summary>
    Task<long?> Size(Digest digest, CancellationToken ct);

    /// <summary>Opens a content, or a range of it, for reading once from the front; null when it is not here.</summary>
    Task<OpenContent?> Open(Digest digest, ByteRange? range, CancellationToken ct);

    /// <summary>Takes a part of an upload; it is no content, and nobody can open it.</summary>
    Task<StoredPart> ReceivePart(string upload, PipeReader body, long? length, CancellationToken ct);

    /// <summary>Makes one content of parts, in order. Throws <see cref="PartDamagedException"/>; the parts stay.</summary>
    Task<Content> Join(string upload, IReadOnlyList<StoredPart> parts, CancellationToken ct);

    /// <summary>Removes the parts of an upload, as far as that can be had at once; the sweep takes the rest.</summary>
    Task Abandon(string upload, CancellationToken ct);

    /// <summary>Removes what uploads that never ended left before a moment. Returns how many files or objects.</summary>
    Task<int> Sweep(DateTimeOffset before, CancellationToken ct);
}

/// <summary>Bytes to read: those asked for, and the size of the whole content. To be disposed.</summary>
public sealed record OpenContent(Stream Bytes, long Size) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Bytes.DisposeAsync();
}
