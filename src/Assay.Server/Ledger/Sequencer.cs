using Assay.Contracts.Ledger;
using Assay.Server.Identity;
using Assay.Server.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Ledger;

/// <summary>
/// Numbers pending entries, one sequencer per database: leaf hashes, the nodes that become whole, and a signed head after each batch, all in
/// one unit. Requests wait for none of it.
/// </summary>
public sealed partial class Sequencer(Store store, LedgerReader reader, LedgerBell bell, KeyRing keys, CheckpointFolder checkpoints, TimeProvider time, ILogger<Sequencer> log) : BackgroundService
{
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await NumberPending(stoppingToken) == 0)
                    await bell.Wait(Patience, stoppingToken);
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
        await using var hold = await store.TryHold("ledger-sequencer", ct);
        var count = hold is null ? 0 : await Number(ct);
        // On SQLite this is the only process, and an emptied folder is for verification to find.
        if (count == 0 && store.Dialect.Engine is Engine.Postgres && await reader.Head(ct) is { } newest)
            checkpoints.Follow(newest);
        return count;
    }

    async Task<int> Number(CancellationToken ct)
    {
        var origin = await reader.Origin(ct);
        var (count, head) = (0, ((long Size, string Note)?)null);
        await store.Do(async tx =>
        {
            // The hold spares work; what makes a fork impossible is this lock, and that the newest head is read behind it.
            await tx.Lock("ledger", "sequencer");
            (count, head) = await Batch(tx, origin);
        }, ct);
        if (head is { } made)
            checkpoints.Keep(made.Size, made.Note);
        return count;
    }

    async Task<(int, (long Size, string Note)?)> Batch(Tx tx, string origin)
    {
        var pending = await tx.All(LedgerSql.Pending);
        if (pending.Count == 0)
            return (0, null);
        var first = (await tx.First(LedgerSql.NewestHead))?.Size ?? 0;
        var leaves = pending.ConvertAll(p => MerkleTree.Leaf(p.Body));
        await tx.Execute(LedgerSql.Number, new Rows(pending.Count, ("id", pending.Select(p => p.Id).ToArray()),
            ("seq", pending.Select((_, i) => first + i).ToArray()), ("leaf", leaves.ToArray())));
        var nodes = await NewNodes(tx, first, leaves);
        await tx.Execute(LedgerSql.AddNode, new Rows(nodes.Count, ("level", nodes.Select(n => n.Level).ToArray()),
            ("position", nodes.Select(n => n.Position).ToArray()), ("hash", nodes.Select(n => n.Hash).ToArray())));
        var size = first + pending.Count;
        var root = await LedgerReader.Root(tx, 0, size);
        var head = new Checkpoint(origin, size, root, time.GetUtcNow());
        var note = head.Sign(keys.Signing);
        await tx.Execute(LedgerSql.AddHead, ("size", size), ("root", root), ("at", head.Time), ("note", note));
        return (pending.Count, (size, note));
    }

    /// <summary>The new leaves (level 0) and every subtree that they make whole.</summary>
    static async Task<List<(long Level, long Position, byte[] Hash)>> NewNodes(Tx tx, long first, List<byte[]> leaves)
    {
        List<(long Level, long Position, byte[] Hash)> all = [];
        Dictionary<long, byte[]> level = leaves.Select((hash, i) => (first + i, hash)).ToDictionary(p => p.Item1, p => p.hash);
        for (var height = 0L; level.Count > 0; height++)
        {
            all.AddRange(level.Select(p => (height, p.Key, p.Value)));
            Dictionary<long, byte[]> above = [];
            foreach (var (position, hash) in level.Where(p => (p.Key & 1) == 1))
            {
                var left = level.TryGetValue(position - 1, out var fresh) ? fresh
                    : await tx.First(LedgerSql.Node, ("level", height), ("position", position - 1)) ?? throw new InvalidOperationException($"the ledger misses node {height}/{position - 1}");
                above[position >> 1] = MerkleTree.Node(left, hash);
            }
            level = above;
        }
        return all;
    }

    [LoggerMessage(LogLevel.Warning, "The ledger's entries wait to be numbered: {Reason}")]
    static partial void Waiting(ILogger log, string reason);
}
