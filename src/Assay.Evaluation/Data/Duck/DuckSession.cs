using DuckDB.NET.Native;

namespace Assay.Evaluation.Data.Duck;

/// <summary>
/// DuckDB in memory, one thread, which may open one file and nothing else. Its chunks of rows are read straight from its own vectors: no value
/// becomes an object on the way.
/// </summary>
internal sealed class DuckSession : IDisposable
{
    readonly DuckDBDatabase database;
    readonly DuckDBNativeConnection connection;

    DuckSession(DuckDBDatabase database, DuckDBNativeConnection connection) => (this.database, this.connection) = (database, connection);

    /// <summary>A session for this one file. The path is quoted as DuckDB's own literal.</summary>
    public static DuckSession For(string path)
    {
        if (NativeMethods.Startup.DuckDBOpen(":memory:", out var database) != DuckDBState.Success || NativeMethods.Startup.DuckDBConnect(database, out var connection) != DuckDBState.Success)
            throw new InvalidOperationException("DuckDB does not start");
        var session = new DuckSession(database, connection);
        string[] settings =
        [
            "SET threads=1", $"SET memory_limit='{DataLimits.Buffers / (1 << 20)}MiB'", "SET TimeZone='UTC'", $"SET allowed_paths=[{Text(path)}]", "SET temp_directory=''",
            "SET autoinstall_known_extensions=false", "SET autoload_known_extensions=false", "SET enable_external_access=false", "SET lock_configuration=true",
        ];
        foreach (var setting in settings)
            using (session.Run(setting))
            {
            }
        return session;
    }

    /// <summary>Runs a statement; its rows come as they are made. Throws <see cref="DataException"/> with DuckDB's words.</summary>
    public DuckRows Run(string sql)
    {
        if (NativeMethods.PreparedStatements.DuckDBPrepare(connection, sql, out var prepared) != DuckDBState.Success)
            using (prepared)
                throw DuckErrors.Of(NativeMethods.PreparedStatements.DuckDBPrepareError(prepared));
        using (prepared)
        {
            var result = new DuckDBResult();
            if (NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(prepared, out result) == DuckDBState.Success)
                return new(result);
            var why = NativeMethods.Query.DuckDBResultError(ref result);
            NativeMethods.Query.DuckDBDestroyResult(ref result);
            throw DuckErrors.Of(why);
        }
    }

    /// <summary>Ends the statement that is running, from another thread.</summary>
    public void Interrupt() => NativeMethods.Startup.DuckDBInterrupt(connection);

    public void Dispose()
    {
        connection.Dispose();
        database.Dispose();
    }

    /// <summary>A text as DuckDB's literal.</summary>
    public static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A name as DuckDB's identifier.</summary>
    public static string Name(string column) => $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
