using Assay.Server.Storage;

namespace Assay.Server.Access.Exchange;

/// <summary>Forgets exchanged tokens and ended credentials; whichever server comes first does it.</summary>
sealed class ExchangeSweep(Store store, TimeProvider time)
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    public Task Sweep(CancellationToken ct) => store.Do(tx => ExchangedTokens.Sweep(tx, time.GetUtcNow()), ct);
}
