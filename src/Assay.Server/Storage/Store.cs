using Assay.Contracts;

namespace Assay.Server.Storage;

/// <summary>The database: units of work that are whole or not at all, and snapshots for reading.</summary>
public abstract class Store : IAsyncDisposable
{
    readonly AsyncLocal<IUnitMemory?> memory = new();

    /// <summary>The engine's words.</summary>
    public abstract Dialect Dialect { get; }

    /// <summary>What is used, for people: no secrets.</summary>
    public abstract string Description { get; }

    /// <summary>
    /// Runs one unit of work in one transaction and answers once it is on stable storage. A unit may be run again after a conflict, so it
    /// holds SQL and pure thought only. A refused unit leaves nothing but what it said with <see cref="Tx.WhenRefused"/>.
    /// Throws <see cref="StoreUnavailableException"/> when the database cannot be reached or cannot write.
    /// </summary>
    public Task<Result<T>> Write<T>(Func<Tx, Task<Result<T>>> unit, CancellationToken ct) =>
        memory.Value is { } units ? Remembered(units, unit, ct) : Run(unit, ct);

    /// <summary>From here on, what the calling request writes is remembered; ends with the caller's own flow.</summary>
    public void Remember(IUnitMemory units) => memory.Value = units;

    /// <summary>Is what the calling request writes remembered? Then its units are its own.</summary>
    public bool Remembers => memory.Value is not null;

    async Task<Result<T>> Remembered<T>(IUnitMemory units, Func<Tx, Task<Result<T>>> unit, CancellationToken ct)
    {
        var result = await Run(units.Around(unit), ct);
        if (result.Ok)
            units.Went();
        return result;
    }

    /// <summary>Runs one unit of work in one transaction.</summary>
    protected abstract Task<Result<T>> Run<T>(Func<Tx, Task<Result<T>>> unit, CancellationToken ct);

    /// <summary>Reads from one snapshot.</summary>
    public abstract Task<T> Read<T>(Func<Tx, Task<T>> query, CancellationToken ct);

    /// <summary>Runs a unit that is never refused and that may be done again: no request remembers it.</summary>
    public async Task Do(Func<Tx, Task> unit, CancellationToken ct) =>
        await Run(async Task<Result<Done>> (tx) =>
        {
            await unit(tx);
            return Done.Yes;
        }, ct);

    /// <summary>Reads one row.</summary>
    public virtual Task<T?> First<T>(Query<T> query, CancellationToken ct, params (string Name, object? Value)[] args) => Read(tx => tx.First(query, args), ct);

    /// <summary>Reads a bounded number of rows.</summary>
    public virtual Task<List<T>> All<T>(Query<T> query, CancellationToken ct, params (string Name, object? Value)[] args) => Read(tx => tx.All(query, args), ct);

    /// <summary>Hands over row by row from a snapshot of its own, until that answers false.</summary>
    public virtual Task Visit(string sql, IReadOnlyList<(string Name, object? Value)> args, Func<Row, bool> more, CancellationToken ct) => Read(async tx =>
    {
        await tx.Visit(sql, args, more);
        return Done.Yes;
    }, ct);

    /// <summary>
    /// Takes a lock across processes for a piece of background work (the sequencer, the outbox); null when another one holds it.
    /// </summary>
    public abstract Task<Hold?> TryHold(string name, CancellationToken ct);

    /// <summary>Runs the migrations under a lock. Called once, before anything else.</summary>
    internal abstract Task Migrate(Migrations migrations, CancellationToken ct);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>The database, or the store of artifacts, cannot be reached or cannot be written now: nothing of the unit was done. Faces answer 503.</summary>
public sealed class StoreUnavailableException(string message, Exception inner) : Exception(message, inner);

/// <summary>The server cannot start as it is configured; the message says what to do. The CLI prints it and ends with 2.</summary>
public sealed class StartRefusedException(string message, Exception? inner = null) : Exception(message, inner);
