using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
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
        var command = link.Take(dialect.WithList(sql));
        var known = command.Parameters;
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i];
            // The same statement is given its arguments in the same order: nothing to look up.
            var at = i < known.Count && known[i].ParameterName.AsSpan(1).SequenceEqual(name) ? i : known.IndexOf("@" + name);
            var parameter = at < 0 ? known.Add(new SqliteParameter { ParameterName = "@" + name }) : known[at];
            parameter.Value = value switch
            {
                string[] texts => JsonSerializer.Serialize(texts, ListJson.Default.StringArray),
                long[] wholes => JsonSerializer.Serialize(wholes, ListJson.Default.Int64Array),
                _ => Plain(value),
            };
        }
        return command;
    }
}

[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(long[]))]
sealed partial class ListJson : JsonSerializerContext;
