namespace Assay.Server.Storage;

/// <summary>
/// The queue before SQLite's one writer. Who finds the writer free writes at once, on its own thread: a caller that is alone waits for nobody and for
/// no other thread. Who comes while it writes is written with all others that came meanwhile, in one group with one commit.
/// </summary>
sealed class SqliteWriter(Func<IReadOnlyList<SqliteUnit>, Task> write) : IAsyncDisposable
{
    const int MostTogether = 512, MostWaiting = 4096;

    readonly Lock door = new();
    readonly Queue<SqliteUnit> waiting = [];
    readonly SemaphoreSlim room = new(MostWaiting);
    readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    bool busy, closed;

    /// <summary>Queues a unit, and perhaps writes it. Its answer says how it went.</summary>
    public async Task Add(SqliteUnit unit, CancellationToken ct)
    {
        await room.WaitAsync(ct);
        lock (door)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            waiting.Enqueue(unit);
            if (busy)
                return;
            busy = true;
        }
        await WriteNext();
    }

    /// <summary>Takes no more, and waits until all that was queued is written.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (door)
        {
            closed = true;
            if (!busy)
                idle.TrySetResult();
        }
        await idle.Task;
    }

    async Task WriteNext()
    {
        try
        {
            await write(Next());
        }
        finally
        {
            // Those who came meanwhile are not this caller's business: it has its answer.
            if (More())
                ThreadPool.UnsafeQueueUserWorkItem(static writer => _ = writer.WriteNext(), this, preferLocal: false);
        }
    }

    IReadOnlyList<SqliteUnit> Next()
    {
        List<SqliteUnit> group = [];
        lock (door)
            while (group.Count < MostTogether && waiting.TryDequeue(out var unit))
                group.Add(unit);
        room.Release(group.Count);
        return group;
    }

    bool More()
    {
        lock (door)
        {
            busy = waiting.Count > 0;
            if (closed && !busy)
                idle.TrySetResult();
            return busy;
        }
    }
}
