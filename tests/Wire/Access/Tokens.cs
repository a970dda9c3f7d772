using System.Net;
using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Access;

/// <summary>Personal tokens: made by a person, for no more than the person may.</summary>
public sealed class Tokens(Servers servers)
{
    [Theory, BothEngines]
    public async Task A_token_is_shown_once_works_is_listed_and_revoked_at_once(Engine engine)
    {
        await using var server = await servers.Locked(engine);
        var ann = await server.As("ann", "viewers", "trainers");
        var made = await Make(server, "ann", ["viewers", "trainers"], new JsonObject { ["name"] = "laptop", ["expires"] = "12h", ["scopes"] = new JsonArray("viewer") });
        var secret = (string)made["token"]!;
        var laptop = server.With(secret);
        (await laptop.Api(HttpMethod.Get, "whoami")).Json["roles"]!.AsArray().Select(r => (string)r!).ShouldBe(["viewer"]);
        (await laptop.Post("experiments/create", new() { ["name"] = "x" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await laptop.Api(HttpMethod.Post, "tokens", new JsonObject { ["name"] = "child" })).ShouldBeRefused(403, "no-widening");
        var list = (await Given.Ok(ann.Api(HttpMethod.Get, "tokens"))).Text;
        list.ShouldContain("laptop");
        list.ShouldContain("used_at");
        list.ShouldNotContain(secret);
        await Given.Ok(ann.Api(HttpMethod.Delete, $"tokens/{(string)made["id"]!}"), HttpStatusCode.NoContent);
        (await laptop.Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var olga = await server.As("olga", "auditors");
        var told = "";
        await Until.True(async () => (told = await Ledger(olga)).Contains("token.revoked", StringComparison.Ordinal), "the revocation is in the ledger");
        told.ShouldContain("token.issued");
        told.ShouldContain("token.revoked");
        told.ShouldNotContain(secret);
        told.ShouldNotContain("laptop", Case.Sensitive, "a name stands beside the ledger, under its hash");
    }

    [Fact]
    public async Task A_token_that_makes_a_token_makes_none_that_lives_longer()
    {
        await using var server = await servers.Locked(Engine.Sqlite);
        var ann = new Given(Callers.Client(server, await server.TokenOf("ann", ["viewers"], lifetime: TimeSpan.FromHours(5))));
        (await ann.Api(HttpMethod.Post, "tokens", new JsonObject { ["name"] = "long", ["expires"] = "90d" })).ShouldBeRefused(403, "no-widening");
        var made = (await Given.Ok(ann.Api(HttpMethod.Post, "tokens", new JsonObject { ["name"] = "as long" }), HttpStatusCode.Created)).Json;
        DateTimeOffset.Parse((string)made["expires_at"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeLessThanOrEqualTo(TimeProvider.System.GetUtcNow().AddHours(5));
    }

    [Theory]
    [InlineData("""{"name": ""}""", "bad-token-name"), InlineData("""{"name": "x", "expires": "5m"}""", "bad-expiry"), InlineData("""{"name": "x", "expires": "91d"}""", "bad-expiry")]
    [InlineData("""{"name": "x", "expires": "soon"}""", "bad-expiry"), InlineData("""{"name": "x", "scopes": ["admin"]}""", "bad-scope")]
    public async Task What_no_token_can_be_is_said(string body, string code)
    {
        await using var server = await servers.Locked(Engine.Sqlite);
        (await (await server.As("ann", "viewers")).Api(HttpMethod.Post, "tokens", JsonNode.Parse(body))).ShouldBeRefused(400, code);
    }

    [Fact]
    public async Task Only_its_owner_or_an_administrator_takes_a_token_back()
    {
        await using var server = await servers.Locked(Engine.Sqlite);
        var id = (string)(await Make(server, "ann", ["viewers"], new JsonObject { ["name"] = "mine" }))["id"]!;
        (await (await server.As("eve", "viewers")).Api(HttpMethod.Delete, $"tokens/{id}")).ShouldBeRefused(404, "no-such-token");
        (await (await server.As("eve", "viewers")).Api(HttpMethod.Get, "tokens?person=ann")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var adam = await server.As("adam", "admins");
        (await Given.Ok(adam.Api(HttpMethod.Get, "tokens?person=ann"))).Text.ShouldContain(id);
        await Given.Ok(adam.Api(HttpMethod.Delete, $"tokens/{id}"), HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_token_ends_with_its_time_and_is_worth_what_its_person_is_granted_now()
    {
        var clock = new SetClock();
        await using var server = await servers.Locked(Engine.Sqlite, time: clock);
        var tina = await server.As("tina", "trainers");
        await tina.AnExperiment();
        await server.Apply(File.ReadAllText(server.Options.Access!).Replace("{group: trainers", "{group: nobodies", StringComparison.Ordinal));
        (await tina.Post("experiments/create", new() { ["name"] = "late" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        clock.Ahead += TimeSpan.FromHours(2);
        (await tina.Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_answer_with_a_secret_is_kept_for_no_retry_and_stands_nowhere()
    {
        await using var server = await servers.Locked(Engine.Sqlite);
        var ann = Callers.Client(server, await server.TokenOf("ann", ["viewers"], lifetime: TimeSpan.FromDays(60)));
        ann.DefaultRequestHeaders.Add("Idempotency-Key", "one");
        var secrets = new List<string>();
        for (var i = 0; i < 2; i++)
            secrets.Add((string)(await Given.Ok(new Given(ann).Api(HttpMethod.Post, "tokens", new JsonObject { ["name"] = "once" }), HttpStatusCode.Created)).Json["token"]!);
        secrets[0].ShouldNotBe(secrets[1]);
        await server.Stop();
        foreach (var file in Directory.EnumerateFiles(server.Options.Data, "*", SearchOption.AllDirectories))
        {
            var bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            secrets.ShouldAllBe(s => !bytes.Contains(s), file);
        }
    }

    static async Task<string> Ledger(Given given) => string.Join('\n', (await Given.Ok(given.Api(HttpMethod.Get, "ledger/entries?from=0&limit=100"))).Json["entries"]!.AsArray()
        .Select(e => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)e!["body"]!))));

    static async Task<JsonNode> Make(TestServer server, string person, string[] groups, JsonObject body) =>
        (await Given.Ok(new Given(Callers.Client(server, await server.TokenOf(person, groups, lifetime: TimeSpan.FromDays(60)))).Api(HttpMethod.Post, "tokens", body), HttpStatusCode.Created)).Json;
}
