namespace Assay.Server.Mlflow;

/// <summary>
/// The memory that large JSON bodies may take together. A body larger than <see cref="Small"/> asks for a place for its bytes before more of it
/// is read; in order of coming each waits until there is room, and its client with it, since what is not read is not sent. Smaller ones are
/// not counted.
/// </summary>
sealed class LargeBodies(TimeProvider time, LargeGarbage garbage)
{
    /// <summary>Bytes up to which a body needs no place.</summary>
    public const int Small = 1 << 20;

    /// <summary>Bytes of all bodies that have a place. What is made of a body takes a few times as much.</summary>
    public const long Together = 32 << 20;

    /// <summary>After so long a place is given to others, whether its body has come or not: a slow client holds nobody up, and brings few bytes.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    readonly Lock one = new();
    readonly Queue<Place> waiting = [];
    long left = Together;

    /// <summary>Waits for room for so many bytes. What is returned is disposed when nothing of the body is needed any more.</summary>
    public async Task<IDisposable> Take(long bytes, CancellationToken ct)
    {
        var place = new Place(this, Math.Min(bytes, Together));
        lock (one)
        {
            waiting.Enqueue(place);
            Admit();
        }
        try
        {
            await place.Admitted.Task.WaitAsync(ct);
            return place;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    void Admit()
    {
        while (waiting.TryPeek(out var next) && (next.Over || next.Bytes <= left))
        {
            waiting.Dequeue();
            if (next.Over)
                continue;
            left -= next.Bytes;
            next.Since(time.CreateTimer(_ => Leave(next), null, Longest, Timeout.InfiniteTimeSpan));
            next.Admitted.SetResult();
        }
    }

    void Leave(Place place)
    {
        lock (one)
        {
            if (place.Over)
                return;
            place.Over = true;
            if (place.Admitted.Task.IsCompleted)
                left += place.Bytes;
            Admit();
        }
        garbage.Left(place.Bytes);
    }

    sealed class Place(LargeBodies of, long bytes) : IDisposable
    {
        ITimer? until;

        public long Bytes => bytes;

        public TaskCompletionSource Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Over { get; set; }

        public void Since(ITimer timer) => until = timer;

        public void Dispose()
        {
            of.Leave(this);
            until?.Dispose();
        }
    }
}
