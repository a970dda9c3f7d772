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
        // The parameters are looked up once, not once a row: this is the path of every metric.
        var columns = rows.Columns.Select(c => (Parameter: Parameter(command, c.Name), c.Values)).ToArray();
        var changed = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            foreach (var (parameter, values) in columns)
                parameter.Value = Plain(values.GetValue(i));
            changed += await command.ExecuteNonQueryAsync();
        }
        link.Give(command);
        return changed;
    }

    public override Task Lock(string room, string key) => Task.CompletedTask;

    public override Task LockShared(string room, string key) => Task.CompletedTask;

    static void Set(SqliteCommand command, string name, object value) => Parameter(command, name).Value = value;

    static SqliteParameter Parameter(SqliteCommand command, string name)
    {
        var at = command.Parameters.IndexOf("@" + name);
        return at < 0 ? command.Parameters.Add(new SqliteParameter { ParameterName = "@" + name }) : command.Parameters[at];
    }
}
