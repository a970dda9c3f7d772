using System.Net.Sockets;
using Npgsql;

namespace Assay.Server.Storage;

/// <summary>Which PostgreSQL errors mean that the machine is at fault.</summary>
static class PostgresErrors
{
    public static bool IsMachine(Exception e) => e switch
    {
        // A session that was silent for too long inside a transaction: the database ended it.
        PostgresException { SqlState: "25P03" or "25P04" } => true,
        // 08 connection, 53 resources (disk full), 57 operator intervention, 58 system error
        PostgresException p => p.SqlState[..2] is "08" or "53" or "57" or "58",
        NpgsqlException => true,
        SocketException or TimeoutException => true,
        _ => false,
    };

    public static StoreUnavailableException Unavailable(Exception e) => new(e is PostgresException { SqlState: "53100" }
        ? "The disk of the database is full: nothing was written. Make room; the server goes on by itself."
        : "The database cannot be reached: nothing was written. The server goes on by itself when it is back.", e);

    /// <summary>The connection broke between the commit and the word that it was done: honest is only "perhaps".</summary>
    public static StoreUnavailableException Unsure(Exception e) =>
        new("The database was lost while it committed: the call was done whole, or not at all. Send it again with the same Idempotency-Key, or read what it was about. The server goes on by itself when the database is back.", e);
}
