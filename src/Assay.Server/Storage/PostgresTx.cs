using System.IO.Hashing;
using System.Text;
using Npgsql;

namespace Assay.Server.Storage;

/// <summary>
/// Work on one PostgreSQL connection. What need not be waited for (the beginning, locks, writes whose count nobody asks for) goes along with the next
/// statement or with the commit: one round trip for all. Statements of one round trip run one after another, and each sees what was committed before it,
/// so what is read behind a lock is read under it.
/// </summary>
/// <param name="connection">The connection; for the time of the work it is this work's alone.</param>
/// <param name="dialect">The engine's words.</param>
/// <param name="begin">How the transaction begins; null for a single statement that needs none.</param>
sealed class PostgresTx(NpgsqlConnection connection, Dialect dialect, string? begin) : Tx
{
    public const string BeginUnit = "BEGIN ISOLATION LEVEL READ COMMITTED", BeginSnapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    readonly List<NpgsqlBatchCommand> ahead = begin is null ? [] : [new(begin)];
    int answersAhead;
    bool begun, toSend;

    public override Dialect Dialect => dialect;

    public override async Task<int> Execute(string sql, params (string Name, object? Value)[] args) => await Execute(Statement(sql, args));

    public override async Task<int> Execute(string sql, Rows rows) => rows.Count == 0 ? 0 : await Execute(Statement(sql, rows));

    public override Task Send(string sql, Rows rows)
    {
        if (rows.Count > 0)
        {
            toSend = true;
            ahead.Add(Statement(sql, rows));
        }
        return Task.CompletedTask;
    }

    public override Task Send(string sql, params (string Name, object? Value)[] args)
    {
        toSend = true;
        ahead.Add(Statement(sql, args));
        return Task.CompletedTask;
    }

    public override async Task Ask(params IReadOnlyList<Question> questions)
    {
        if (questions.Count == 0)
            return;
        var skip = answersAhead;
        await using var batch = Together([.. questions.Select(q => Statement(q.Sql, q.Args))]);
        await using var reader = await batch.ExecuteReaderAsync();
        for (; skip > 0; skip--)
            await reader.NextResultAsync();
        foreach (var question in questions)
        {
            while (await reader.ReadAsync())
                question.Take(new(reader));
            await reader.NextResultAsync();
        }
    }

    public override Task Visit(string sql, IReadOnlyList<(string Name, object? Value)> args, Func<Row, bool> more) => Visit(Statement(sql, args), more);

    public override async Task Visit(string sql, Rows rows, Func<Row, bool> more)
    {
        if (rows.Count > 0)
            await Visit(Statement(sql, rows), more);
    }

    public override Task Lock(string room, string key) => Lock("SELECT pg_advisory_xact_lock(@lock)", new("lock", LockKey(room + "\n" + key)));

    public override Task LockShared(string room, params IReadOnlyCollection<string> keys) =>
        // In one order for all, so that two that want several never wait for each other crosswise.
        Lock("SELECT pg_advisory_xact_lock_shared(k) FROM unnest(@locks) AS k", new("locks", keys.Select(key => LockKey(room + "\n" + key)).Order().ToArray()));

    /// <summary>Ends the transaction; what it did is on stable storage when this returns.</summary>
    public async Task Commit()
    {
        if (begun || toSend)
            await Execute(new NpgsqlBatchCommand("COMMIT"));
    }

    /// <summary>Undoes everything.</summary>
    public async Task Rollback()
    {
        ahead.Clear();
        answersAhead = 0;
        if (begun)
            await Execute(new NpgsqlBatchCommand("ROLLBACK"));
    }

    /// <summary>The 64-bit number that PostgreSQL's advisory locks go by.</summary>
    public static long LockKey(string name) => unchecked((long)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(name)));

    Task Lock(string sql, NpgsqlParameter parameter)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(parameter);
        ahead.Add(command);
        answersAhead++;
        return Task.CompletedTask;
    }

    async Task<int> Execute(NpgsqlBatchCommand last)
    {
        await using var batch = Together(last);
        await batch.ExecuteNonQueryAsync();
        return last.RecordsAffected;
    }

    async Task Visit(NpgsqlBatchCommand last, Func<Row, bool> more)
    {
        var skip = answersAhead;
        await using var batch = Together(last);
        await using var reader = await batch.ExecuteReaderAsync();
        for (; skip > 0; skip--)
            await reader.NextResultAsync();
        while (await reader.ReadAsync() && more(new(reader)))
        {
        }
    }

    NpgsqlBatch Together(params ReadOnlySpan<NpgsqlBatchCommand> last)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in ahead)
            batch.BatchCommands.Add(command);
        foreach (var command in last)
            batch.BatchCommands.Add(command);
        ahead.Clear();
        answersAhead = 0;
        (begun, toSend) = (begin is not null, false);
        return batch;
    }

    NpgsqlBatchCommand Statement(string sql, IReadOnlyList<(string Name, object? Value)> args)
    {
        var command = new NpgsqlBatchCommand(dialect.WithList(sql));
        foreach (var (name, value) in args)
            command.Parameters.Add(new NpgsqlParameter(name, Plain(value)));
        return command;
    }

    NpgsqlBatchCommand Statement(string sql, Rows rows)
    {
        var command = new NpgsqlBatchCommand(dialect.WithRows(sql, rows));
        foreach (var (name, values) in rows.Columns)
            command.Parameters.Add(new NpgsqlParameter(name, values));
        return command;
    }
}
