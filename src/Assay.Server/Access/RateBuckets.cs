using System.Threading.RateLimiting;

namespace Assay.Server.Access;

/// <summary>
/// What is left to each caller just now. A service and no part of the middleware: nobody disposes a middleware, and the timer that fills the buckets
/// would keep a stopped server in memory.
/// </summary>
sealed class RateBuckets(ServerOptions options) : IAsyncDisposable
{
    const int AtOnce = 10, OfUnknown = 100;

    readonly PartitionedRateLimiter<(string Who, bool Known)> limiter = PartitionedRateLimiter.Create<(string Who, bool Known), string>(caller =>
    {
        var rate = caller.Known ? options.RateLimit : Math.Max(1, options.RateLimit / OfUnknown);
        return RateLimitPartition.GetTokenBucketLimiter(caller.Who, _ => new()
        {
            TokenLimit = rate * AtOnce,
            TokensPerPeriod = Math.Max(1, rate / 10),
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(rate >= 10 ? 100 : 1000 / rate),
            QueueLimit = 0,
        });
    });

    /// <summary>Takes one; false when none is left.</summary>
    public bool Take(string who, bool known)
    {
        using var lease = limiter.AttemptAcquire((who, known));
        return lease.IsAcquired;
    }

    public ValueTask DisposeAsync() => limiter.DisposeAsync();
}
