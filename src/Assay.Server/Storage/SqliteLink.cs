using Microsoft.Data.Sqlite;

namespace Assay.Server.Storage;

/// <summary>An open SQLite connection that keeps its prepared statements.</summary>
sealed class SqliteLink : IAsyncDisposable
{
    const int MostKept = 512;
    readonly Dictionary<string, SqliteCommand> idle = [];
    readonly Dictionary<string, SqliteStatement> statements = [];

    public SqliteLink(string connectionString, bool writes)
    {
        Connection = new(connectionString);
        Connection.Open();
        SqliteDialect.AddFunctions(Connection);
        // FULL: a commit is on the disk before it is answered. Reading needs no such care.
        Run(writes ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=4000;" : "PRAGMA query_only=ON;");
        Run("PRAGMA busy_timeout=10000; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;");
    }

    public SqliteConnection Connection { get; }

    public void Run(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs one of the few statements that frame the work (BEGIN, SAVEPOINT, COMMIT …), prepared once.</summary>
    public void Frame(string sql) => Statement(sql).Run();

    /// <summary>A prepared statement for many rows; not to be held longer than it runs.</summary>
    public SqliteStatement Statement(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
            statements[sql] = statement = new(Connection, sql);
        return statement;
    }

    /// <summary>A prepared statement for this text; it belongs to the caller until it is given back.</summary>
    public SqliteCommand Take(string sql)
    {
        if (idle.Remove(sql, out var command))
            return command;
        command = Connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    public void Give(SqliteCommand command)
    {
        if (idle.Count >= MostKept || !idle.TryAdd(command.CommandText, command))
            command.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in idle.Values)
            await command.DisposeAsync();
        foreach (var statement in statements.Values)
            statement.Dispose();
        await Connection.DisposeAsync();
    }
}
