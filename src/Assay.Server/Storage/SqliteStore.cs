using System.Collections.Concurrent;
using Assay.Contracts;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Storage;

/// <summary>
/// SQLite: one writer at a time takes units from a queue, runs each in a savepoint and commits as many as are waiting together (group commit),
/// so that one fsync answers all of them. Readers have connections of their own and see a snapshot (WAL).
/// </summary>
sealed class SqliteStore : Store
{
    readonly ConcurrentBag<SqliteLink> readers = [];
    readonly ConcurrentDictionary<string, bool> held = [];
    readonly string file;
    readonly string connectionString;
    readonly SqliteLink writer;
    readonly SqliteWriter queue;
    readonly TimeProvider time;

    public SqliteStore(string file, TimeProvider time)
    {
        this.file = file;
        this.time = time;
        connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString();
        try
        {
            writer = new(connectionString, writes: true);
        }
        catch (SqliteException e)
        {
            throw new StartRefusedException($"The database {file} cannot be opened ({e.Message}). Check that the folder exists, is writable and has room, and that the file is a SQLite database.", e);
        }
        queue = new(Write);
    }

    public override Dialect Dialect { get; } = new SqliteDialect();

    public override string Description => $"SQLite at {file} (WAL, synchronous=FULL)";

    protected override async Task<Result<T>> Run<T>(Func<Tx, Task<Result<T>>> unit, CancellationToken ct)
    {
        var item = new SqliteUnit<T>(unit);
        await queue.Add(item, ct);
        // Not cancelled from here on: once queued, a unit may be committed, and its caller must be told the truth.
        return await item.Answer;
    }

    public override async Task<T> Read<T>(Func<Tx, Task<T>> query, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (!readers.TryTake(out var link))
            link = new(connectionString, writes: false);
        try
        {
            link.Frame("BEGIN");
            var answer = await query(new SqliteTx(link, Dialect));
            link.Frame("COMMIT");
            readers.Add(link);
            return answer;
        }
        catch (Exception e)
        {
            await link.DisposeAsync();
            if (e is SqliteException broken && SqliteErrors.IsMachine(broken))
                throw SqliteErrors.Unavailable(broken);
            throw;
        }
    }

    public override Task<Hold?> TryHold(string name, CancellationToken ct) =>
        Task.FromResult<Hold?>(held.TryAdd(name, true) ? new Held(() => held.TryRemove(name, out _)) : null);

    internal override async Task Migrate(Migrations migrations, CancellationToken ct)
    {
        try
        {
            await Do(tx => migrations.Run(tx, time.GetUtcNow()), ct);
        }
        catch (StoreUnavailableException e)
        {
            throw new StartRefusedException(e.Message, e);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await queue.DisposeAsync();
        foreach (var link in readers)
            await link.DisposeAsync();
        await writer.DisposeAsync();
    }

    async Task Write(IReadOnlyList<SqliteUnit> group)
    {
        // A broken machine (disk full) takes the whole group back: then each unit has a try of its own.
        if (!await Commit(group, alone: group.Count == 1))
            foreach (var unit in group)
                await Commit([unit], alone: true);
    }

    async Task<bool> Commit(IReadOnlyList<SqliteUnit> group, bool alone)
    {
        try
        {
            writer.Frame("BEGIN IMMEDIATE");
            foreach (var unit in group)
                await unit.Run(writer, Dialect, alone: group.Count == 1);
            writer.Frame("COMMIT");
        }
        catch (Exception e)
        {
            TryRollback();
            if (alone)
                group[0].Fail(e is SqliteException s ? SqliteErrors.Unavailable(s) : e);
            return alone;
        }
        foreach (var unit in group)
            unit.Complete();
        return true;
    }

    void TryRollback()
    {
        try
        {
            writer.Frame("ROLLBACK");
        }
        catch (SqliteException)
        {
            // The engine has rolled back by itself.
        }
    }

    sealed class Held(Action release) : Hold
    {
        public override Task<bool> IsHeld(CancellationToken ct) => Task.FromResult(true);

        public override ValueTask DisposeAsync()
        {
            release();
            return ValueTask.CompletedTask;
        }
    }
}
