using Assay.Contracts;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Storage;

/// <summary>A queued unit of work.</summary>
abstract class SqliteUnit
{
    /// <summary>
    /// Runs in the open transaction, in a savepoint where others are in it too: one that is <paramref name="alone"/> is undone with the transaction, which
    /// spares the copies of pages that a savepoint keeps. Throws only where the whole transaction is lost.
    /// </summary>
    public abstract Task Run(SqliteLink link, Dialect dialect, bool alone);

    /// <summary>The transaction is on the disk: answer.</summary>
    public abstract void Complete();

    /// <summary>The transaction is lost: say so.</summary>
    public abstract void Fail(Exception e);
}

sealed class SqliteUnit<T>(Func<Tx, Task<Result<T>>> unit) : SqliteUnit
{
    readonly TaskCompletionSource<Result<T>> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Result<T> result;
    Exception? bug;
    IReadOnlyList<Action> committed = [];

    public Task<Result<T>> Answer => answer.Task;

    public override async Task Run(SqliteLink link, Dialect dialect, bool alone)
    {
        (bug, committed) = (null, []);
        var tx = new SqliteTx(link, dialect);
        if (!alone)
            link.Frame("SAVEPOINT unit");
        try
        {
            result = await unit(tx);
        }
        catch (Exception e) when (e is not SqliteException machine || !SqliteErrors.IsMachine(machine))
        {
            Undo(link, alone);
            bug = e;
        }
        if (bug is null && result.Ok)
            committed = tx.Committed;
        else if (bug is null)
        {
            Undo(link, alone);
            if (tx.IfRefused is { } write)
                await write(tx);
        }
        if (!alone)
            link.Frame("RELEASE unit");
    }

    static void Undo(SqliteLink link, bool alone)
    {
        link.Frame(alone ? "ROLLBACK" : "ROLLBACK TO unit");
        if (alone)
            link.Frame("BEGIN IMMEDIATE");
    }

    public override void Complete()
    {
        if (bug is not null)
        {
            answer.SetException(bug);
            return;
        }
        foreach (var action in committed)
            action();
        answer.SetResult(result);
    }

    public override void Fail(Exception e) => answer.TrySetException(e);
}
