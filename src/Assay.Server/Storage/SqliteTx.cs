using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Storage;

/// <summary>Work on one SQLite connection, with its prepared statements.</summary>
sealed class SqliteTx(SqliteLink link, Dialect dialect) : Tx
{
    public override Dialect Dialect => dialect;

    public override async Task<int> Execute(string sql, params (string Name, object? Value)[] args)
    {
        var command = Command(sql, args);
        try
        {
            return await command.ExecuteNonQueryAsync();
        }
        finally
        {
            link.Give(command);
        }
    }

    public override Task<int> Execute(string sql, Rows rows) =>
        Task.FromResult(rows.Count == 0 ? 0 : link.Statement(dialect.WithRows(sql, rows)).Run(rows));

    public override Task Send(string sql, Rows rows) => Execute(sql, rows);

    public override async Task Visit(string sql, IReadOnlyList<(string Name, object? Value)> args, Func<Row, bool> more)
    {
        var command = Command(sql, args);
        try
        {
            await using DbDataReader reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync() && more(new(reader)))
            {
            }
        }
        finally
        {
            link.Give(command);
        }
    }

    public override async Task Visit(string sql, Rows rows, Func<Row, bool> more)
    {
        var text = dialect.WithRows(sql, rows);
        for (var i = 0; i < rows.Count; i++)
            await Visit(text, [.. rows.Columns.Select(c => (c.Name, c.Values.GetValue(i)))], more);
    }

    // One writer at a time: nothing to wait for.
    public override Task Lock(string room, string key) => Task.CompletedTask;

    public override Task LockShared(string room, params IReadOnlyCollection<string> keys) => Task.CompletedTask;

    SqliteCommand Command(string sql, IReadOnlyList<(string Name, object? Value)> args)
    {
        var command = link.Take(sql);
        foreach (var (name, value) in args)
        {
            var at = command.Parameters.IndexOf("@" + name);
            var parameter = at < 0 ? command.Parameters.Add(new SqliteParameter { ParameterName = "@" + name }) : command.Parameters[at];
            parameter.Value = Plain(value);
        }
        return command;
    }
}
