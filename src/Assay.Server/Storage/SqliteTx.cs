using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Storage;

/// <summary>Work on one SQLite connection, with its prepared statements.</summary>
sealed class SqliteTx(SqliteLink link, Dialect dialect) : Tx
{
    public override Dialect Dialect => dialect;

    protected override DbCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> args)
    {
        var command = link.Take(sql);
        foreach (var (name, value) in args)
            Set(command, name, Plain(value));
        return command;
    }

    protected override ValueTask Release(DbCommand command)
    {
        link.Give((SqliteCommand)command);
        return ValueTask.CompletedTask;
    }

    public override async Task<int> Execute(string sql, Rows rows)
    {
        var command = link.Take(sql.Replace("{rows}", dialect.RowSource(rows), StringComparison.Ordinal));
        var changed = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            foreach (var (name, values) in rows.Columns)
                Set(command, name, Plain(values.GetValue(i)));
            changed += await command.ExecuteNonQueryAsync();
        }
        link.Give(command);
        return changed;
    }

    public override Task Lock(string room, string key) => Task.CompletedTask;

    public override Task LockShared(string room, string key) => Task.CompletedTask;

    static void Set(SqliteCommand command, string name, object value)
    {
        var at = command.Parameters.IndexOf("@" + name);
        if (at < 0)
            command.Parameters.Add(new SqliteParameter("@" + name, value));
        else
            command.Parameters[at].Value = value;
    }
}
