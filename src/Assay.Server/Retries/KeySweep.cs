using Assay.Server.Storage;

namespace Assay.Server.Retries;

/// <summary>Forgets keys that are older than a day; one process per database does it.</summary>
public sealed class KeySweep(Store store, TimeProvider time)
{
    /// <summary>How long a key is remembered.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>Between two sweeps.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

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
}
