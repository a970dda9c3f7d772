using Assay.Contracts;
using Npgsql;

namespace Assay.Server.Storage;

/// <summary>PostgreSQL: each unit is a transaction of its own; deadlocks and serialization failures are run again.</summary>
sealed class PostgresStore : Store
{
    const int MostTries = 12;

    // A server that hangs, or whose machine is gone, must not keep the others waiting for its locks. Nothing else is set on a session, so it is never reset.
    const string SilenceLimits = "SET idle_in_transaction_session_timeout = '2min'; SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3";
    readonly NpgsqlDataSource source;
    readonly TimeProvider time;

    public PostgresStore(string connection, TimeProvider time)
    {
        this.time = time;
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new(PostgresAddress.ToKeywords(connection)) { ApplicationName = "assay", MaxAutoPrepare = 256, AutoPrepareMinUsages = 2, IncludeErrorDetail = false, NoResetOnClose = true };
        }
        catch (Exception e) when (e is ArgumentException or FormatException or UriFormatException)
        {
            throw new StartRefusedException($"--database is no PostgreSQL address ({e.Message}). Give postgresql://user@host/db or Npgsql keywords such as Host=…;Username=…;Database=….", e);
        }
        source = new NpgsqlDataSourceBuilder(builder.ToString()).UsePhysicalConnectionInitializer(c => Limit(c), LimitAsync).Build();
        Description = $"PostgreSQL {builder.Database} on {builder.Host}:{builder.Port}";
    }

    public override Dialect Dialect { get; } = new PostgresDialect();

    public override string Description { get; }

    protected override async Task<Result<T>> Run<T>(Func<Tx, Task<Result<T>>> unit, CancellationToken ct)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await Once(unit, ct);
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected && tried < MostTries)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 10 * tried)), time, ct);
            }
            catch (Exception e) when (PostgresErrors.IsMachine(e))
            {
                throw PostgresErrors.Unavailable(e);
            }
        }
    }

    async Task<Result<T>> Once<T>(Func<Tx, Task<Result<T>>> unit, CancellationToken ct)
    {
        // A connection that is given back inside a transaction (an exception) is rolled back by its pool.
        await using var connection = await source.OpenConnectionAsync(ct);
        var tx = new PostgresTx(connection, Dialect, PostgresTx.BeginUnit);
        var result = await unit(tx);
        if (result.Ok)
        {
            await Commit(tx);
            foreach (var action in tx.Committed)
                action();
            return result;
        }
        await tx.Rollback();
        if (tx.IfRefused is { } write)
        {
            var second = new PostgresTx(connection, Dialect, PostgresTx.BeginUnit);
            await write(second);
            await second.Commit();
        }
        return result;
    }

    static void Limit(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(SilenceLimits, connection);
        command.ExecuteNonQuery();
    }

    static async Task LimitAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(SilenceLimits, connection);
        await command.ExecuteNonQueryAsync();
    }

    static async Task Commit(PostgresTx tx)
    {
        try
        {
            await tx.Commit();
        }
        catch (Exception e) when (PostgresErrors.IsMachine(e) && e is not PostgresException)
        {
            throw PostgresErrors.Unsure(e);
        }
    }

    public override Task<T> Read<T>(Func<Tx, Task<T>> query, CancellationToken ct) => Read(PostgresTx.BeginSnapshot, query, ct);

    // One statement is a snapshot by itself.
    public override Task<T?> First<T>(Query<T> query, CancellationToken ct, params (string Name, object? Value)[] args) where T : default => Read(null, tx => tx.First(query, args), ct);

    public override Task<List<T>> All<T>(Query<T> query, CancellationToken ct, params (string Name, object? Value)[] args) => Read(null, tx => tx.All(query, args), ct);

    public override Task Visit(string sql, IReadOnlyList<(string Name, object? Value)> args, Func<Row, bool> more, CancellationToken ct) => Read(null, async tx =>
    {
        await tx.Visit(sql, args, more);
        return Done.Yes;
    }, ct);

    async Task<T> Read<T>(string? begin, Func<Tx, Task<T>> query, CancellationToken ct)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(ct);
            var tx = new PostgresTx(connection, Dialect, begin);
            var answer = await query(tx);
            await tx.Commit();
            return answer;
        }
        catch (Exception e) when (PostgresErrors.IsMachine(e))
        {
            throw PostgresErrors.Unavailable(e);
        }
    }

    public override async Task<Hold?> TryHold(string name, CancellationToken ct)
    {
        try
        {
            return await PostgresHold.Try(source, name, Hold.Patience, ct);
        }
        catch (Exception e) when (PostgresErrors.IsMachine(e))
        {
            throw PostgresErrors.Unavailable(e);
        }
    }

    internal override async Task Migrate(Migrations migrations, CancellationToken ct)
    {
        try
        {
            await Do(async tx =>
            {
                await tx.Lock("storage", "migrations");
                await migrations.Run(tx, time.GetUtcNow());
            }, ct);
        }
        catch (Exception e) when (e is StoreUnavailableException or NpgsqlException)
        {
            throw new StartRefusedException($"{Description} cannot be used ({(e.InnerException ?? e).Message}). Check that it runs, that the database exists and that the user may create tables.", e);
        }
    }

    public override ValueTask DisposeAsync() => source.DisposeAsync();
}
