using Npgsql;

namespace Assay.Server.Storage;

/// <summary>
/// An advisory lock that lives in a transaction of its own, which does nothing else: it is gone with its connection, and PostgreSQL ends the
/// session when nothing was heard on it for <see cref="Hold.Patience"/> (a process that hangs keeps its connection open).
/// </summary>
sealed class PostgresHold : Hold
{
    readonly NpgsqlConnection connection;
    readonly NpgsqlTransaction transaction;

    PostgresHold(NpgsqlConnection connection, NpgsqlTransaction transaction) => (this.connection, this.transaction) = (connection, transaction);

    /// <summary>Takes the lock, or gives null at once when another one holds it. After <paramref name="patience"/> of silence it is lost.</summary>
    public static async Task<PostgresHold?> Try(NpgsqlDataSource source, string name, TimeSpan patience, CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        try
        {
            var transaction = await connection.BeginTransactionAsync(ct);
            var hold = new PostgresHold(connection, transaction);
            await using var command = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock(@lock), set_config('idle_in_transaction_session_timeout', @patience, true)", connection, transaction);
            command.Parameters.AddWithValue("lock", PostgresTx.LockKey("hold\n" + name));
            command.Parameters.AddWithValue("patience", $"{(long)patience.TotalMilliseconds}ms");
            if (await command.ExecuteScalarAsync(ct) is true)
                return hold;
            await hold.DisposeAsync();
            return null;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override async Task<bool> IsHeld(CancellationToken ct)
    {
        try
        {
            await using var command = new NpgsqlCommand("SELECT 1", connection, transaction);
            await command.ExecuteScalarAsync(ct);
            return true;
        }
        catch (Exception e) when (PostgresErrors.IsMachine(e) || e is InvalidOperationException)
        {
            return false;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
        }
        catch (Exception e) when (PostgresErrors.IsMachine(e))
        {
            // The connection is lost, and the lock with it.
        }
        await connection.DisposeAsync();
    }
}
