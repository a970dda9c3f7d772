using Assay.Server.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Retries;

/// <summary>Forgets keys that are older than a day; one process per database does it, once an hour.</summary>
public sealed partial class KeySweep(Store store, TimeProvider time, ILogger<KeySweep> log) : BackgroundService
{
    /// <summary>How long a key is remembered.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <inheritdoc/>
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
            await Sweep(ct);
        }
        catch (StoreUnavailableException e)
        {
            Later(log, e.Message);
        }
    }

    /// <summary>Forgets what is old enough; returns how many rows. Nothing when another process is at it.</summary>
    public async Task<int> Sweep(CancellationToken ct)
    {
        await using var hold = await store.TryHold("retries-sweep", ct);
        if (hold is null)
            return 0;
        var (before, all) = (time.GetUtcNow() - Kept, 0);
        // A little at a time: nobody waits long for the writer behind this.
        for (var gone = 1; gone > 0 && await hold.IsHeld(ct); all += gone)
            await store.Do(async tx => gone = await tx.Execute(RetrySql.ForgetAnswers, ("before", before)) + await tx.Execute(RetrySql.ForgetUnits, ("before", before)), ct);
        return all;
    }

    [LoggerMessage(LogLevel.Information, "Old Idempotency-Keys are forgotten later: {Reason}")]
    static partial void Later(ILogger log, string reason);
}
