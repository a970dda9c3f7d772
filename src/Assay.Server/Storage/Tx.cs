using System.Data.Common;

namespace Assay.Server.Storage;

/// <summary>
/// What a unit of work (or a snapshot for reading) may do: SQL, and nothing that waits for anything else. Arguments are named values;
/// text, whole numbers, reals, booleans, bytes, times (as UTC milliseconds), digests and ids (as their text) are taken as they are.
/// </summary>
public abstract class Tx
{
    readonly List<Action> committed = [];

    /// <summary>The engine's words, for the few statements that are put together at run time.</summary>
    public abstract Dialect Dialect { get; }

    /// <summary>The command for a statement, its parameters set.</summary>
    protected abstract DbCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> args);

    /// <summary>Gives a command back after use.</summary>
    protected abstract ValueTask Release(DbCommand command);

    /// <summary>Runs a statement over many rows; returns how many it changed.</summary>
    public abstract Task<int> Execute(string sql, Rows rows);

    /// <summary>Waits for the lock on a thing until the unit ends, alone. On SQLite there is one writer, so nothing to wait for.</summary>
    public abstract Task Lock(string room, string key);

    /// <summary>The same, together with others that ask for it shared.</summary>
    public abstract Task LockShared(string room, string key);

    /// <summary>What to write in place of a unit that is refused (the ledger's entry about the refusal).</summary>
    internal Func<Tx, Task>? IfRefused { get; private set; }

    /// <summary>Says what to write if this unit is refused: its own writes are undone, this one stays. The last one said counts.</summary>
    public void WhenRefused(Func<Tx, Task> write) => IfRefused = write;

    /// <summary>Something to do once the unit is on stable storage (wake somebody up); not done when it is refused.</summary>
    public void AfterCommit(Action action) => committed.Add(action);

    internal IReadOnlyList<Action> Committed => committed;

    /// <summary>Runs a statement; returns how many rows it changed.</summary>
    public async Task<int> Execute(string sql, params (string Name, object? Value)[] args)
    {
        var command = Command(sql, args);
        try
        {
            return await command.ExecuteNonQueryAsync();
        }
        finally
        {
            await Release(command);
        }
    }

    /// <summary>The first row, or the default of <typeparamref name="T"/> when there is none.</summary>
    public async Task<T?> First<T>(Query<T> query, params (string Name, object? Value)[] args)
    {
        var command = Command(query.Sql, args);
        try
        {
            await using var reader = await command.ExecuteReaderAsync();
            return await reader.ReadAsync() ? query.Read(new(reader)) : default;
        }
        finally
        {
            await Release(command);
        }
    }

    /// <summary>All rows, where their number is bounded by a page or by nature.</summary>
    public async Task<List<T>> All<T>(Query<T> query, params (string Name, object? Value)[] args)
    {
        List<T> rows = [];
        await Each(query, rows.Add, args);
        return rows;
    }

    /// <summary>Hands over row by row, holding none.</summary>
    public async Task Each<T>(Query<T> query, Action<T> take, params (string Name, object? Value)[] args)
    {
        var command = Command(query.Sql, args);
        try
        {
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                take(query.Read(new(reader)));
        }
        finally
        {
            await Release(command);
        }
    }

    /// <summary>The value as the drivers take it.</summary>
    protected static object Plain(object? value) => value switch
    {
        null => DBNull.Value,
        string or long or double or bool or byte[] or DBNull => value,
        int i => (long)i,
        DateTimeOffset time => time.ToUnixTimeMilliseconds(),
        Enum e => e.ToString(),
        _ => value.ToString()!,
    };
}
