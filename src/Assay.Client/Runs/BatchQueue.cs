namespace Assay.Client;

/// <summary>
/// Takes metrics, parameters and tags without waiting and sends them in batches: on a timer, when a batch is full, and when asked.
/// Entries leave the queue only when the server has taken or refused them; a refusal is kept and thrown by the next flush.
/// </summary>
sealed class BatchQueue : IAsyncDisposable
{
    readonly Func<Batch, CancellationToken, Task> send;
    readonly ITimer timer;
    readonly Lock gate = new();
    readonly SemaphoreSlim sending = new(1, 1);
    readonly Queue<MetricPoint> metrics = new();
    readonly Queue<Entry> parameters = new();
    readonly Queue<Entry> tags = new();
    readonly CancellationTokenSource ended = new();
    MlflowException? refused;
    Task pump = Task.CompletedTask;

    public BatchQueue(Func<Batch, CancellationToken, Task> send, TimeProvider time, TimeSpan interval)
    {
        this.send = send;
        timer = time.CreateTimer(_ => Wake(), null, interval, interval);
    }

    int Waiting => metrics.Count + parameters.Count + tags.Count;

    public void Add(MetricPoint point) => Add(metrics, [point]);

    public void Add(IEnumerable<MetricPoint> points) => Add(metrics, points);

    public void AddParameter(Entry parameter) => Add(parameters, [parameter]);

    public void AddTag(Entry tag) => Add(tags, [tag]);

    /// <summary>Sends all that waits. Throws what the server refused since the last flush, or that it cannot be reached; then nothing is dropped.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        await SendAllAsync(ct).ConfigureAwait(false);
        MlflowException? said;
        lock (gate)
            (said, refused) = (refused, null);
        if (said is not null)
            throw said;
    }

    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync().ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        Task last;
        lock (gate)
            last = pump;
        await last.ConfigureAwait(false);
        sending.Dispose();
        ended.Dispose();
    }

    void Add<T>(Queue<T> to, IEnumerable<T> entries)
    {
        bool full;
        lock (gate)
        {
            foreach (var entry in entries)
                to.Enqueue(entry);
            full = Waiting >= Batch.MostEntries;
        }
        if (full)
            Wake();
    }

    void Wake()
    {
        lock (gate)
            if (Waiting > 0 && pump.IsCompleted && !ended.IsCancellationRequested)
                pump = Task.Run(PumpAsync);
    }

    async Task PumpAsync()
    {
        try
        {
            await SendAllAsync(ended.Token).ConfigureAwait(false);
        }
        catch (MlflowException)
        {
            // Nothing is lost: what could not be delivered still waits, for the next tick or for the flush that will say so.
        }
        catch (OperationCanceledException)
        {
            // The run ends; whoever ended it has flushed before or reports what was left.
        }
    }

    async Task SendAllAsync(CancellationToken ct)
    {
        await sending.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            while (Next() is { Count: > 0 } batch)
            {
                await SendAsync(batch, ct).ConfigureAwait(false);
                Remove(batch);
            }
        }
        finally
        {
            sending.Release();
        }
    }

    async Task SendAsync(Batch batch, CancellationToken ct)
    {
        try
        {
            await send(batch, ct).ConfigureAwait(false);
        }
        catch (MlflowException error) when (!error.MayPass)
        {
            var lost = $"{batch.Metrics.Length} metrics, {batch.Parameters.Length} parameters and {batch.Tags.Length} tags were not recorded: {error.Message}";
            lock (gate)
                refused ??= new(error.ErrorCode, lost, error.Status, error.Gaps, error);
        }
    }

    Batch Next()
    {
        lock (gate)
            return Batch.Take(metrics, parameters, tags);
    }

    void Remove(Batch batch)
    {
        lock (gate)
        {
            Drop(metrics, batch.Metrics.Length);
            Drop(parameters, batch.Parameters.Length);
            Drop(tags, batch.Tags.Length);
        }
    }

    static void Drop<T>(Queue<T> from, int count)
    {
        for (var i = 0; i < count; i++)
            from.Dequeue();
    }
}
