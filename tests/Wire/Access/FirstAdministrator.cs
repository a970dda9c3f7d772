using System.Net;
using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Access;

/// <summary>How the first administrator comes: by a file of the server's own folder, once.</summary>
public sealed class FirstAdministrator(Servers servers)
{
    [Theory, BothEngines]
    public async Task The_token_of_the_file_makes_one_administrator_once(Engine engine)
    {
        var server = await servers.Locked(engine);
        var file = FileOf(server);
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var secret = File.ReadAllText(file).Trim();
        (await server.Given.Api(HttpMethod.Post, "first-admin", new JsonObject { ["name"] = "ana" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Become(server, "assay_first_" + new string('0', 64), "mallory")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await server.With(secret).Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.Unauthorized, "the token is good for nothing else");
        (await Become(server, secret, "two words")).ShouldBeRefused(400, "bad-person");
        var made = await Given.Ok(Become(server, secret, "ana"), HttpStatusCode.Created);
        File.Exists(file).ShouldBeFalse();
        var ana = new Given(Callers.Client(server, (string)made.Json["token"]!));
        ((string?)(await ana.Api(HttpMethod.Get, "whoami")).Json["principal"]).ShouldBe("person:ana");
        await Given.Ok(ana.Api(HttpMethod.Get, "access"));
        (await Become(server, secret, "mallory")).Status.ShouldBe(HttpStatusCode.Forbidden);
        server = await server.Restart();
        File.Exists(file).ShouldBeFalse("somebody is administrator");
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_token_that_is_older_than_an_hour_is_replaced_at_the_next_start()
    {
        var clock = new SetClock();
        var server = await servers.Locked(Engine.Sqlite, time: clock);
        var old = File.ReadAllText(FileOf(server)).Trim();
        server = await server.Restart();
        File.ReadAllText(FileOf(server)).Trim().ShouldBe(old, "it is good for an hour, whatever is restarted");
        await server.Write("UPDATE access_signin SET ends_ms = 1");
        (await Become(server, old, "ana")).Status.ShouldBe(HttpStatusCode.Forbidden);
        server = await server.Restart();
        var fresh = File.ReadAllText(FileOf(server)).Trim();
        fresh.ShouldNotBe(old);
        await Given.Ok(Become(server, fresh, "ana"), HttpStatusCode.Created);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Nobody_is_made_administrator_where_the_policy_already_had_one()
    {
        var server = await servers.Locked(Engine.Sqlite);
        await server.As("adam", "admins");
        server = await server.Restart();
        File.Exists(FileOf(server)).ShouldBeFalse();
        await server.DisposeAsync();
    }

    [Theory, BothEngines]
    public async Task A_policy_that_ends_local_mode_says_at_once_where_the_token_is(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        File.Exists(FileOf(server)).ShouldBeFalse();
        var applied = await Given.Ok(server.Given.Api(HttpMethod.Put, "access/main", yaml: LockedServers.Policy));
        ((string?)applied.Json["first_admin_token"])!.ShouldEndWith(FileOf(server));
        applied.Text.ShouldNotContain("assay_first_");
        (await server.Given.Api(HttpMethod.Get, "access")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var made = await Given.Ok(Become(server, File.ReadAllText(FileOf(server)).Trim(), "ana"), HttpStatusCode.Created);
        var ana = server.With((string)made.Json["token"]!);
        (await Given.Ok(ana.Api(HttpMethod.Put, "access/main", yaml: LockedServers.Policy + "# again\n"))).Json["first_admin_token"].ShouldBeNull();
        File.Exists(FileOf(server)).ShouldBeFalse();
    }

    [Fact]
    public async Task Several_servers_on_one_database_have_one_token()
    {
        var first = await servers.Locked(Engine.Postgres);
        var data = Directory.CreateTempSubdirectory("assay replica ").FullName;
        ReplicaSet.GiveKey(first.Options.Data, data);
        await using var second = await TestServer.Start(first.Options with { Listen = ["http://127.0.0.1:0"], Data = data, Artifacts = Path.Combine(first.Options.Data, "artifacts") });
        File.Exists(FileOf(second)).ShouldBeFalse();
        await Given.Ok(Become(second, File.ReadAllText(FileOf(first)).Trim(), "ana"), HttpStatusCode.Created);
    }

    static string FileOf(TestServer server) => Path.Combine(server.Options.Data, "first-admin-token");

    static Task<Answer> Become(TestServer server, string secret, string name) => server.With(secret).Api(HttpMethod.Post, "first-admin", new JsonObject { ["name"] = name });
}
