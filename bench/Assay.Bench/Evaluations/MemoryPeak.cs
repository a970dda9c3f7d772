namespace Assay.Bench.Evaluations;

/// <summary>The most memory that this process keeps while it is watched.</summary>
sealed class MemoryPeak : IAsyncDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly Task watching;

    public MemoryPeak()
    {
        GC.Collect();
        watching = Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            try
            {
                do
                    Megabytes = Math.Max(Megabytes, Environment.WorkingSet / 1048576.0);
                while (await timer.WaitForNextTickAsync(stop.Token));
            }
            catch (OperationCanceledException)
            {
                // The end of the watch.
            }
        });
    }

    public double Megabytes { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching;
        stop.Dispose();
    }
}
