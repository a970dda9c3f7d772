using System.Data.Common;
using System.IO.Hashing;
using System.Text;
using Npgsql;

namespace Assay.Server.Storage;

/// <summary>Work on one PostgreSQL connection.</summary>
sealed class PostgresTx(NpgsqlConnection connection, NpgsqlTransaction transaction, Dialect dialect) : Tx
{
    public override Dialect Dialect => dialect;

    protected override DbCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> args)
    {
        var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var (name, value) in args)
            command.Parameters.Add(new NpgsqlParameter(name, Plain(value)));
        return command;
    }

    protected override ValueTask Release(DbCommand command) => command.DisposeAsync();

    public override async Task<int> Execute(string sql, Rows rows)
    {
        if (rows.Count == 0)
            return 0;
        await using var command = new NpgsqlCommand(sql.Replace("{rows}", dialect.RowSource(rows), StringComparison.Ordinal), connection, transaction);
        foreach (var (name, values) in rows.Columns)
            command.Parameters.Add(new NpgsqlParameter(name, values));
        return await command.ExecuteNonQueryAsync();
    }

    public override Task Lock(string room, string key) => Execute("SELECT pg_advisory_xact_lock(@lock)", ("lock", LockKey(room + "\n" + key)));

    public override Task LockShared(string room, string key) => Execute("SELECT pg_advisory_xact_lock_shared(@lock)", ("lock", LockKey(room + "\n" + key)));

    /// <summary>The 64-bit number that PostgreSQL's advisory locks go by.</summary>
    public static long LockKey(string name) => unchecked((long)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(name)));
}
