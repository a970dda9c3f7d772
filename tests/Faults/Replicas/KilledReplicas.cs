using System.Net;
using Assay.Tests.Builders;

namespace Assay.Tests.Faults.Replicas;

/// <summary>Three servers behind nginx, killed under load. ASSAY_REPLICA_KILLS says how often (3 by default).</summary>
public sealed class KilledReplicas(Servers shared)
{
    static int Kills => int.TryParse(Environment.GetEnvironmentVariable("ASSAY_REPLICA_KILLS"), out var n) ? n : 3;

    [Fact]
    public Task Killed_at_any_moment_under_load_nothing_is_lost_and_nothing_is_done_twice() => Killed(null);

    [Fact]
    public async Task The_same_with_the_bytes_in_a_bucket()
    {
        await using var bucket = await ObjectStore.Start();
        await Killed(bucket);
    }

    async Task Killed(ObjectStore? bucket)
    {
        await using var fleet = await Fleet.Start(await shared.NewDatabase(), 3, bucket);
        using var load = new Workload(fleet);
        await load.Run(clients: 4, async () =>
        {
            for (var i = 0; i < Kills; i++)
            {
                await load.Acknowledged(Random.Shared.Next(4, 24));
                await fleet.KillAndRestart(Random.Shared.Next(3));
            }
            await load.Acknowledged(8);
        });
        await load.Check();
    }

    [Fact]
    public async Task The_database_goes_under_all_of_them_and_comes_back()
    {
        await using var postgres = await Postgres.Own();
        await using var fleet = await Fleet.Start(await postgres.NewDatabase(), 3);
        using var load = new Workload(fleet);
        await load.Run(clients: 4, async () =>
        {
            await load.Acknowledged(12);
            await postgres.Stop();
            foreach (var server in fleet.Servers)
            {
                var answer = await server.Given.Send(new(HttpMethod.Get, "/readyz"));
                answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
                answer.Text.ShouldContain("The database cannot be reached");
                (await server.Given.Send(new(HttpMethod.Get, "/livez"))).Status.ShouldBe(HttpStatusCode.OK, "a server whose database is gone is not restarted for it");
            }
            await postgres.StartAgain();
            await load.Acknowledged(24);
        });
        load.Client.Repeated.ShouldBeGreaterThan(0);
        load.Client.Troubles.Keys.ShouldAllBe(t => t.StartsWith("503", StringComparison.Ordinal) || t.StartsWith("502", StringComparison.Ordinal), "clear words, no 500");
        await load.Check();
    }
}
