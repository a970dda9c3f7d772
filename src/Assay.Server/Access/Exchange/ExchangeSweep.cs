using Assay.Server.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Access.Exchange;

/// <summary>Forgets exchanged tokens and ended credentials, every ten minutes; whichever server comes first does it.</summary>
sealed partial class ExchangeSweep(Store store, TimeProvider time, ILogger<ExchangeSweep> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Pause, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Try(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    async Task Try(CancellationToken ct)
    {
        try
        {
            await store.Do(tx => ExchangedTokens.Sweep(tx, time.GetUtcNow()), ct);
        }
        catch (StoreUnavailableException e)
        {
            Later(log, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Exchanged tokens are forgotten later: {Reason}")]
    static partial void Later(ILogger log, string reason);
}
