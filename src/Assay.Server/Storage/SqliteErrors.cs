using Microsoft.Data.Sqlite;

namespace Assay.Server.Storage;

/// <summary>Which SQLite errors mean that the machine is at fault, and what to tell people.</summary>
static class SqliteErrors
{
    const int Busy = 5, NoMemory = 7, ReadOnly = 8, Io = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    public static bool IsMachine(SqliteException e) => e.SqliteErrorCode is Busy or NoMemory or ReadOnly or Io or Corrupt or Full or CannotOpen or NotADatabase;

    public static StoreUnavailableException Unavailable(SqliteException e) => new(e.SqliteErrorCode switch
    {
        Full => "The disk of the database is full: nothing was written. Make room; the server goes on by itself.",
        ReadOnly => "The database cannot be written (read-only file or folder): nothing was written. Make the data folder writable for the server.",
        Io => "The disk of the database failed: nothing was written. See the machine's log.",
        Corrupt or NotADatabase => "The database file is damaged. Stop the server and restore a backup.",
        _ => $"The database cannot be used now ({e.Message}).",
    }, e);
}
