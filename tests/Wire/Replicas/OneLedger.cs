using Assay.Contracts.Ledger;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Assay.Tests.Wire.Replicas;

public sealed class OneLedger(Servers servers)
{
    [Fact]
    public async Task Replicas_write_one_ledger_and_each_is_a_witness_of_its_heads()
    {
        await using var replicas = await ReplicaSet.Start(servers, 3);
        await Task.WhenAll(replicas.Members.Select(r => r.Given.ACandidate()));
        foreach (var replica in replicas.Members)
        {
            var report = (await Given.Ok(replica.Given.Api(HttpMethod.Post, "ledger/verification"))).Json;
            ((bool)report["ok"]!).ShouldBeTrue(report.ToJsonString());
        }
        var head = (await replicas[0].Services.GetRequiredService<LedgerReader>().Head(default))!;
        foreach (var replica in replicas.Members)
        {
            var latest = Path.Combine(replica.Options.Data, "checkpoints", "latest");
            await Until.True(async () =>
            {
                await replica.Services.GetRequiredService<Sequencer>().NumberPending(default);
                return File.Exists(latest) && long.Parse((await File.ReadAllLinesAsync(latest))[1]) >= head.Size;
            }, "its folder has a head at least as large");
        }
    }

    [Fact]
    public async Task Replicas_that_append_at_once_stay_one_log_and_every_head_is_a_prefix_of_the_next()
    {
        const int Each = 300;
        await using var replicas = await ReplicaSet.Start(servers, 2);
        var reader = replicas[0].Services.GetRequiredService<LedgerReader>();
        var before = (await reader.Head(default))?.Size ?? 0;
        var appending = Task.WhenAll(replicas.Members.SelectMany(replica => Enumerable.Range(0, 4).Select(async writer =>
        {
            for (var n = 0; n < Each / 4; n++)
                await Store(replica).Do(tx => replica.Services.GetRequiredService<LedgerWriter>().Record(tx, Principal.Local, LedgerActions.RunChanged, new("m", RunId: $"{writer}/{n}")), default);
        })));
        SortedDictionary<long, StoredHead> heads = [];
        await Until.True(async () =>
        {
            if (await reader.Head(default) is { } head)
                heads[head.Size] = head;
            return appending.IsCompleted && heads.Keys.LastOrDefault() >= before + (2 * Each);
        }, "all is under a head");
        await appending;
        var newest = heads.Values.Last();
        foreach (var (size, head) in heads)
            MerkleTree.IsConsistent(size, head.Root, newest.Size, newest.Root, await reader.Consistency(size, newest.Size, default)).ShouldBeTrue($"the head of {size} entries");
        (await reader.Page(before, 1000, default)).Select(e => e.Seq!.Value).ShouldBe(Enumerable.Range(0, (int)(newest.Size - before)).Select(i => before + i));
        foreach (var replica in replicas.Members)
            ((bool)(await Given.Ok(replica.Given.Api(HttpMethod.Post, "ledger/verification"))).Json["ok"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task A_held_lock_is_free_again_when_its_holder_is_gone_and_the_holder_knows()
    {
        await using var replicas = await ReplicaSet.Start(servers, 2);
        var (a, b) = (Store(replicas[0]), Store(replicas[1]));
        var hold = (await a.TryHold("test", default))!;
        (await b.TryHold("test", default)).ShouldBeNull();
        (await hold.IsHeld(default)).ShouldBeTrue();
        // What PostgreSQL does to a session that was silent for too long, and what a dead process does to its own.
        await b.Do(tx => tx.First(new Query<bool>("SELECT bool_and(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'SELECT 1%' AND state = 'idle in transaction' AND datname = current_database()", _ => true)), default);
        (await hold.IsHeld(default)).ShouldBeFalse();
        Hold? next = null;
        await Until.True(async () => (next = await b.TryHold("test", default)) is not null, "the lock is free");
        await hold.DisposeAsync();
        (await next!.IsHeld(default)).ShouldBeTrue();
        await next!.DisposeAsync();
        await using var again = await a.TryHold("test", default);
        again.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_silent_holder_is_let_go_by_the_database()
    {
        await using var replicas = await ReplicaSet.Start(servers, 1);
        await using var elsewhere = NpgsqlDataSource.Create(replicas[0].Options.Database!);
        // A process that hangs: its connection stays open, and nothing is heard on it.
        await using var silent = await PostgresHold.Try(elsewhere, "test", TimeSpan.FromMilliseconds(200), default);
        Hold? next = null;
        await Until.True(async () => (next = await Store(replicas[0]).TryHold("test", default)) is not null, "the silent holder has lost its lock");
        (await silent!.IsHeld(default)).ShouldBeFalse("and it learns so before it goes on");
        await next!.DisposeAsync();
    }

    [Fact]
    public async Task A_unit_of_a_process_that_hangs_does_not_keep_its_locks()
    {
        await using var replicas = await ReplicaSet.Start(servers, 1);
        var limit = new Query<string>("SELECT current_setting('idle_in_transaction_session_timeout')", r => r.Text(0));
        for (var i = 0; i < 3; i++)
            (await Store(replicas[0]).First(limit, default)).ShouldBe("2min", "on every session, however often it was used");
    }

    static Store Store(TestServer server) => server.Services.GetRequiredService<Store>();
}
