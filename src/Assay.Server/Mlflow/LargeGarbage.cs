namespace Assay.Server.Mlflow;

/// <summary>
/// Has the collector look after what large bodies leave. By itself it lets large objects grow to several times what was in use at once (a
/// gigabyte and more, measured with 64 bodies of 10 MB at a time), and keeps that memory for as long as nothing else is asked of it.
/// </summary>
sealed class LargeGarbage : IDisposable
{
    /// <summary>After bodies of so many bytes it is collected beside the work.</summary>
    const long Often = 40 << 20;

    /// <summary>Less than this is not worth a pause.</summary>
    const long Worth = 32 << 20;

    /// <summary>So long after the last one the memory is given back to the system: a pause of some ten milliseconds, once.</summary>
    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    readonly Lock one = new();
    readonly ITimer quiet;
    long sinceCollected, sinceReturned;

    public LargeGarbage(TimeProvider time) => quiet = time.CreateTimer(_ => Return(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>A body of so many bytes is not needed any more.</summary>
    public void Left(long bytes)
    {
        lock (one)
        {
            (sinceCollected, sinceReturned) = (sinceCollected + bytes, sinceReturned + bytes);
            if (sinceReturned >= Worth)
                quiet.Change(Quiet, Timeout.InfiniteTimeSpan);
            if (sinceCollected < Often)
                return;
            sinceCollected = 0;
        }
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
    }

    void Return()
    {
        lock (one)
            (sinceCollected, sinceReturned) = (0, 0);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    public void Dispose() => quiet.Dispose();
}
