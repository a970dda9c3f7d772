using Assay.Contracts.Ledger;
using Assay.Server.Identity;
using Assay.Server.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Ledger;

/// <summary>
/// Numbers pending entries, one sequencer per database: leaf hashes, the tiles that grow, and a signed head after each batch, all in one unit.
/// Requests wait for none of it.
/// </summary>
public sealed partial class Sequencer(Store store, LedgerReader reader, LedgerBell bell, KeyRing keys, CheckpointFolder checkpoints, TimeProvider time, ILogger<Sequencer> log) : BackgroundService
{
    const int MostInBatch = 2000;
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200), Breath = TimeSpan.FromMilliseconds(50);
    GrowingTiles? known;

    /// <summary>Before the first request: a database of an older server has a tree, but no tiles.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.Do(async tx =>
        {
            await tx.Lock("ledger", "sequencer");
            if (await tx.First(LedgerSql.NewestHead) is { } head && await TileNodes.Stored(tx, 0, 0) is null)
                await MakeTiles(tx, head.Size);
        }, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var began = time.GetTimestamp();
                if (await NumberPending(stoppingToken) is var count && count == MostInBatch)
                    continue;
                await bell.Wait(Patience, stoppingToken);
                // One entry alone is numbered at once; under load a head for each would cost more than the entries.
                if (count > 0 && time.GetElapsedTime(began) is var passed && passed < Breath)
                    await Task.Delay(Breath - passed, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is StoreUnavailableException or IOException)
            {
                Waiting(log, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }

    /// <summary>Numbers what is pending now; returns how many. Nothing when another process is at it: its head is kept here too.</summary>
    public async Task<int> NumberPending(CancellationToken ct)
    {
        // Most looks find nothing, and a look needs neither the lock nor a turn of the one writer.
        var count = await store.First(LedgerSql.AnyPending, ct) == 0 ? 0 : await NumberAlone(ct);
        // On SQLite this is the only process, and an emptied folder is for verification to find.
        if (count == 0 && store.Dialect.Engine is Engine.Postgres && await reader.Head(ct) is { } newest)
            checkpoints.Follow(newest);
        return count;
    }

    async Task<int> NumberAlone(CancellationToken ct)
    {
        await using var hold = await store.TryHold("ledger-sequencer", ct);
        return hold is null ? 0 : await Number(ct);
    }

    async Task<int> Number(CancellationToken ct)
    {
        var origin = await reader.Origin(ct);
        var (count, note, tiles) = (0, "", known);
        known = null;
        await store.Do(async tx =>
        {
            // The hold spares work; what makes a fork impossible is this lock, and that the newest head is read behind it.
            await tx.Lock("ledger", "sequencer");
            (count, note, tiles) = await Batch(tx, origin, tiles);
        }, ct);
        known = tiles;
        if (count > 0)
            checkpoints.Keep(note);
        return count;
    }

    async Task<(int, string, GrowingTiles?)> Batch(Tx tx, string origin, GrowingTiles? edge)
    {
        var pending = await tx.All(LedgerSql.Pending, ("limit", MostInBatch));
        if (pending.Count == 0)
            return (0, "", null);
        var before = await tx.First(LedgerSql.NewestHead);
        var first = before?.Size ?? 0;
        // A unit may run again after a conflict: then the tree in memory has grown already.
        var tiles = edge is not null && edge.Size == first && before is not null && edge.Root().AsSpan().SequenceEqual(before.Root) ? edge
            : await GrowingTiles.Of(first, async (level, index) => await TileNodes.Stored(tx, level, index) ?? throw new InvalidOperationException($"the ledger misses tile {level}/{index}"));
        var leaves = pending.ConvertAll(p => MerkleTree.Leaf(p.Body));
        leaves.ForEach(tiles.Add);
        await tx.Send(LedgerSql.Number, new Rows(pending.Count, ("id", pending.Select(p => p.Id).ToArray()),
            ("seq", pending.Select((_, i) => first + i).ToArray()), ("leaf", leaves.ToArray())));
        await tx.Send(TileSql.Put, TileSql.RowsOf([.. tiles.TakeFull(), .. tiles.Partial(onlyChanged: true)]));
        var head = new Checkpoint(origin, tiles.Size, tiles.Root(), time.GetUtcNow());
        var note = head.Sign(keys.Signing);
        if (before is not null)
            await tx.Execute(LedgerSql.ReplaceHead, ("size", first), ("at", head.Time));
        await tx.Execute(LedgerSql.AddHead, ("size", head.Size), ("root", head.Root), ("at", head.Time), ("note", note));
        return (pending.Count, note, tiles);
    }

    static async Task MakeTiles(Tx tx, long size)
    {
        await tx.Execute(TileSql.Clear);
        var tiles = new GrowingTiles();
        await tx.Each(TileSql.Leaves, leaf =>
        {
            if (tiles.Size < size)
                tiles.Add(leaf);
        });
        foreach (var some in tiles.TakeFull().Concat(tiles.Partial(onlyChanged: false)).Chunk(100))
            await tx.Execute(TileSql.Put, TileSql.RowsOf(some));
    }

    [LoggerMessage(LogLevel.Warning, "The ledger's entries wait to be numbered: {Reason}")]
    static partial void Waiting(ILogger log, string reason);
}
