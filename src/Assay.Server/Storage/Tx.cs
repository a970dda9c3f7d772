namespace Assay.Server.Storage;

/// <summary>
/// What a unit of work (or a snapshot for reading) may do: SQL, and nothing that waits for anything else. Arguments are named values;
/// text, whole numbers, reals, booleans, bytes, times (as UTC milliseconds), digests and ids (as their text) are taken as they are, and lists of
/// texts or whole numbers for <c>{among}</c>.
/// </summary>
public abstract class Tx
{
    readonly List<Action> committed = [];

    /// <summary>The engine's words, for the few statements that are put together at run time.</summary>
    public abstract Dialect Dialect { get; }

    /// <summary>Runs a statement; returns how many rows it changed.</summary>
    public abstract Task<int> Execute(string sql, params (string Name, object? Value)[] args);

    /// <summary>Runs a statement over many rows; returns how many it changed.</summary>
    public abstract Task<int> Execute(string sql, Rows rows);

    /// <summary>Runs a change over many rows whose count nobody asks for: it goes along with the next statement, or with the commit. Errors show there.</summary>
    public abstract Task Send(string sql, Rows rows);

    /// <summary>Hands over row by row, until that answers false.</summary>
    public abstract Task Visit(string sql, IReadOnlyList<(string Name, object? Value)> args, Func<Row, bool> more);

    /// <summary>The same for a statement that selects <c>FROM {rows}</c>; in no order.</summary>
    public abstract Task Visit(string sql, Rows rows, Func<Row, bool> more);

    /// <summary>Asks several questions; on PostgreSQL in one round trip.</summary>
    public virtual async Task Ask(params IReadOnlyList<Question> questions)
    {
        foreach (var question in questions)
            await Visit(question.Sql, question.Args, row =>
            {
                question.Take(row);
                return true;
            });
    }

    /// <summary>Runs a change whose count nobody asks for: it goes along with the next statement, or with the commit. Errors show there.</summary>
    public virtual Task Send(string sql, params (string Name, object? Value)[] args) => Execute(sql, args);

    /// <summary>Waits for the lock on a thing until the unit ends, alone; what is read afterwards is read under it. On SQLite there is one writer, so nothing to wait for.</summary>
    public abstract Task Lock(string room, string key);

    /// <summary>The same, together with others that ask for it shared.</summary>
    public abstract Task LockShared(string room, params IReadOnlyCollection<string> keys);

    /// <summary>What to write in place of a unit that is refused (the ledger's entry about the refusal).</summary>
    internal Func<Tx, Task>? IfRefused { get; private set; }

    /// <summary>Says what to write if this unit is refused: its own writes are undone, this one stays. The last one said counts.</summary>
    public void WhenRefused(Func<Tx, Task> write) => IfRefused = write;

    /// <summary>Something to do once the unit is on stable storage (wake somebody up); not done when it is refused.</summary>
    public void AfterCommit(Action action) => committed.Add(action);

    internal IReadOnlyList<Action> Committed => committed;

    /// <summary>The first row, or the default of <typeparamref name="T"/> when there is none.</summary>
    public async Task<T?> First<T>(Query<T> query, params (string Name, object? Value)[] args)
    {
        T? first = default;
        await Visit(query.Sql, args, row =>
        {
            first = query.Read(row);
            return false;
        });
        return first;
    }

    /// <summary>All rows, where their number is bounded by a page or by nature.</summary>
    public async Task<List<T>> All<T>(Query<T> query, params (string Name, object? Value)[] args)
    {
        List<T> rows = [];
        await Each(query, rows.Add, args);
        return rows;
    }

    /// <summary>What a statement that selects <c>FROM {rows}</c> finds, in no order.</summary>
    public async Task<List<T>> All<T>(Query<T> query, Rows rows)
    {
        List<T> found = [];
        await Visit(query.Sql, rows, row =>
        {
            found.Add(query.Read(row));
            return true;
        });
        return found;
    }

    /// <summary>Hands over row by row, holding none.</summary>
    public Task Each<T>(Query<T> query, Action<T> take, params (string Name, object? Value)[] args) => Visit(query.Sql, args, row =>
    {
        take(query.Read(row));
        return true;
    });

    /// <summary>The value as the drivers take it.</summary>
    protected static object Plain(object? value) => value switch
    {
        null => DBNull.Value,
        string or long or double or bool or byte[] or string[] or long[] or DBNull => value,
        int i => (long)i,
        DateTimeOffset time => time.ToUnixTimeMilliseconds(),
        Enum e => e.ToString(),
        _ => value.ToString()!,
    };
}
