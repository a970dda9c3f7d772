namespace Assay.Server.Storage;

/// <summary>
/// A lock across processes, held until it is disposed. A holder that dies gives it back at once, one that hangs within <see cref="Patience"/>:
/// the database ends its session. So a holder asks <see cref="IsHeld"/> before each piece of work that must not be done by two.
/// </summary>
public abstract class Hold : IAsyncDisposable
{
    /// <summary>How long a holder may be silent.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Is it still ours? Asking also says that we are alive.</summary>
    public abstract Task<bool> IsHeld(CancellationToken ct);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
