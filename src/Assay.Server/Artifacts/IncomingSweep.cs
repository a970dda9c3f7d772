using Assay.Server.Artifacts.Uploads;
using Assay.Server.Storage;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Artifacts;

/// <summary>Takes away what abandoned uploads left; of many servers on one database one does it.</summary>
public sealed partial class IncomingSweep(Store store, IContentStore contents, PartUploads uploads, TimeProvider time, ILogger<IncomingSweep> log)
{
    /// <summary>Between two sweeps.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>What has not been written to for so long belongs to no upload any more.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromHours(48);

    /// <summary>Sweeps once; nothing when another server is at it. Returns how many files or objects are gone.</summary>
    public async Task<int> Sweep(CancellationToken ct)
    {
        await using var hold = await store.TryHold("artifacts-sweep", ct);
        if (hold is null)
            return 0;
        await uploads.Forget(time.GetUtcNow() - Age, ct);
        var count = await contents.Sweep(time.GetUtcNow() - Age, ct);
        if (count > 0)
            Swept(log, count);
        return count;
    }

    [LoggerMessage(LogLevel.Information, "Removed {Count} leftovers of abandoned uploads")]
    static partial void Swept(ILogger log, int count);
}
