using Assay.Server;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.Wire.Replicas;

/// <summary>A server that does not belong to the registry on a database is refused, and told what to do.</summary>
public sealed class Belonging(Servers servers)
{
    [Fact]
    public async Task A_server_with_another_key_or_with_none_is_refused()
    {
        await using var replicas = await ReplicaSet.Start(servers, 1);
        var key = (string?)System.Text.Json.Nodes.JsonNode.Parse(await replicas[0].Http.GetStringAsync("/api/assay/v1/keys"))!["keys"]![0]!["keyid"];
        var second = replicas.Another();
        var file = Path.Combine(second.Data, "keys", "server.ed25519");
        File.Delete(file);
        var without = await Refused(second);
        without.ShouldContain($"{file} is not there");
        without.ShouldContain(key!);
        without.ShouldContain("copy keys/server.ed25519");
        File.Exists(file).ShouldBeFalse("no key is made that would have to be taken away again");
        await File.WriteAllTextAsync(file, Convert.ToBase64String(new byte[32]) + "\n");
        (await Refused(second)).ShouldContain($"{file} is ");
        File.Exists(file).ShouldBeTrue("a key that was there is left alone");
        ReplicaSet.GiveKey(replicas[0].Options.Data, second.Data);
        await using var right = await TestServer.Start(second);
        (await right.Http.GetStringAsync("/api/assay/v1/keys")).ShouldContain(key!);
    }

    [Fact]
    public async Task A_database_that_was_signed_before_it_remembered_its_key_takes_only_that_key()
    {
        await using var replicas = await ReplicaSet.Start(servers, 1);
        await replicas[0].Given.ACandidate();
        await Until.True(async () => (await replicas[0].Http.GetAsync("/api/assay/v1/ledger/checkpoint")).IsSuccessStatusCode, "there is a signed head");
        await replicas[0].Write("DELETE FROM identity_key");
        var stranger = replicas.Another();
        File.Delete(Path.Combine(stranger.Data, "keys", "server.ed25519"));
        (await Refused(stranger)).ShouldContain("another key");
        File.Exists(Path.Combine(stranger.Data, "keys", "server.ed25519")).ShouldBeFalse();
        await using var right = await TestServer.Start(replicas.Another());
    }

    [Fact]
    public async Task Of_two_first_servers_one_makes_the_key()
    {
        var database = await servers.NewDatabase();
        var options = Enumerable.Range(0, 2).Select(_ => new ServerOptions { Listen = ["http://127.0.0.1:0"], Data = Directory.CreateTempSubdirectory("assay race ").FullName, Database = database }).ToList();
        var started = await Task.WhenAll(options.Select(async o =>
        {
            try
            {
                return await TestServer.Start(o);
            }
            catch (StartRefusedException e)
            {
                e.Message.ShouldContain("have the same key");
                return null;
            }
        }));
        started.Count(s => s is not null).ShouldBe(1);
        foreach (var server in started.OfType<TestServer>())
            await server.DisposeAsync();
        foreach (var left in options.Where(o => Directory.Exists(o.Data)))
            Directory.Delete(left.Data, recursive: true);
    }

    [Fact]
    public async Task A_server_that_keeps_its_bytes_elsewhere_is_refused()
    {
        await using var replicas = await ReplicaSet.Start(servers, 1);
        await replicas[0].Given.ACandidate();
        var elsewhere = replicas.Another() with { Artifacts = null };
        var says = await Refused(elsewhere);
        says.ShouldContain(Path.Combine(elsewhere.Data, "artifacts"));
        says.ShouldContain("--artifacts");
        await replicas[0].Write("DELETE FROM artifacts_mark");
        (await Refused(elsewhere)).ShouldContain("its newest file");
        await using var right = await TestServer.Start(replicas.Another());
    }

    static async Task<string> Refused(ServerOptions options) =>
        (await Should.ThrowAsync<StartRefusedException>(() => RunningServer.Start(options, TimeProvider.System, LogLevel.None, TestContext.Current.CancellationToken))).Message;
}
