using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Server.Storage;

/// <summary>
/// A prepared statement run row by row straight on SQLite's interface: the path of every metric. Values are bound without boxing, and a text that is the
/// one of the row before stays bound (rows come sorted, so run and key rarely change).
/// </summary>
sealed class SqliteStatement : IDisposable
{
    readonly sqlite3 database;
    readonly sqlite3_stmt statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
    }

    /// <summary>Runs a statement without parameters and without an answer.</summary>
    public void Run() => Step();

    /// <summary>Runs it once for each row; returns how many rows were changed.</summary>
    public int Run(Rows rows)
    {
        var columns = rows.Columns.Select(Binder).ToArray();
        var changed = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            foreach (var bind in columns)
                bind(i);
            Step();
            changed += raw.sqlite3_changes(database);
        }
        raw.sqlite3_clear_bindings(statement);
        return changed;
    }

    public void Dispose() => statement.Dispose();

    void Step()
    {
        int rc;
        while ((rc = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
        {
            // Pragmas answer with a row.
        }
        raw.sqlite3_reset(statement);
        if (rc != raw.SQLITE_DONE)
            Check(rc);
    }

    Action<int> Binder((string Name, Array Values) column)
    {
        var at = raw.sqlite3_bind_parameter_index(statement, "@" + column.Name);
        return column.Values switch
        {
            string?[] texts => i =>
            {
                if (i == 0 || texts[i] != texts[i - 1])
                    Check(texts[i] is { } text ? raw.sqlite3_bind_text(statement, at, text) : raw.sqlite3_bind_null(statement, at));
            }
            ,
            long[] wholes => i => Check(raw.sqlite3_bind_int64(statement, at, wholes[i])),
            double[] reals => i => Check(raw.sqlite3_bind_double(statement, at, reals[i])),
            bool[] truths => i => Check(raw.sqlite3_bind_int64(statement, at, truths[i] ? 1 : 0)),
            var values => i => BindAny(at, values.GetValue(i)),
        };
    }

    void BindAny(int at, object? value) => Check(value switch
    {
        null => raw.sqlite3_bind_null(statement, at),
        long whole => raw.sqlite3_bind_int64(statement, at, whole),
        double real => raw.sqlite3_bind_double(statement, at, real),
        bool truth => raw.sqlite3_bind_int64(statement, at, truth ? 1 : 0),
        byte[] bytes => raw.sqlite3_bind_blob(statement, at, bytes),
        _ => raw.sqlite3_bind_text(statement, at, value.ToString()),
    });

    void Check(int rc) => SqliteException.ThrowExceptionForRC(rc, database);
}
