namespace Assay.Bench;

/// <summary>The greatest resident memory of another process while this is open.</summary>
sealed class MemoryWatch : IAsyncDisposable
{
    readonly CancellationTokenSource done = new();
    readonly Task<double?> watching;

    public MemoryWatch(int? process) => watching = Watch(process);

    public async Task<double?> Greatest()
    {
        await done.CancelAsync();
        return await watching;
    }

    async Task<double?> Watch(int? process)
    {
        double? most = null;
        while (process is not null && !done.IsCancellationRequested)
        {
            most = Math.Max(most ?? 0, Memory.Resident(process)!.Value);
            await Task.Delay(TimeSpan.FromMilliseconds(50), done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return most;
    }

    public async ValueTask DisposeAsync()
    {
        await done.CancelAsync();
        await watching;
        done.Dispose();
    }
}
