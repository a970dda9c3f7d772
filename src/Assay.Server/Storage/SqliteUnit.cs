using Assay.Contracts;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Storage;

/// <summary>A queued unit of work.</summary>
abstract class SqliteUnit
{
    /// <summary>Runs in a savepoint of the open transaction. Throws only where the whole transaction is lost.</summary>
    public abstract Task Run(SqliteLink link, Dialect dialect);

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

    public override async Task Run(SqliteLink link, Dialect dialect)
    {
        (bug, committed) = (null, []);
        var tx = new SqliteTx(link, dialect);
        link.Frame("SAVEPOINT unit");
        try
        {
            result = await unit(tx);
        }
        catch (Exception e) when (e is not SqliteException machine || !SqliteErrors.IsMachine(machine))
        {
            link.Frame("ROLLBACK TO unit");
            link.Frame("RELEASE unit");
            bug = e;
            return;
        }
        if (result.Ok)
            committed = tx.Committed;
        else
            await Refuse(tx, link);
        link.Frame("RELEASE unit");
    }

    static async Task Refuse(SqliteTx tx, SqliteLink link)
    {
        link.Frame("ROLLBACK TO unit");
        if (tx.IfRefused is { } write)
            await write(tx);
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
