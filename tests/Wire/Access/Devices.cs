using System.Net;
using System.Text.Json.Nodes;
using Assay.Server.Access.People.Devices;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Access;

/// <summary>Signing in a program without a browser (RFC 8628).</summary>
public sealed class Devices(Servers servers)
{
    [Theory, BothEngines]
    public async Task A_program_waits_is_confirmed_and_gets_its_token_once(Engine engine)
    {
        await using var provider = await SignInProvider.Start();
        var clock = new SetClock();
        var server = await servers.SignedInAt(provider, engine, clock);
        var code = await Begin(server);
        ((string)code["verification_uri"]!).ShouldBe(server.Url + "/device");
        ((string)code["user_code"]!).ShouldMatch("^[B-Z]{4}-[B-Z]{4}$");
        (await Ask(server, code)).ShouldBe("authorization_pending");
        (await Ask(server, code)).ShouldBe("slow_down");
        clock.Ahead += TimeSpan.FromSeconds(7);
        (await Ask(server, code)).ShouldBe("slow_down", "after a slow_down five seconds more");
        using var browser = new Builders.Browser(server.Url);
        var address = $"/device?code={(string)code["user_code"]!}";
        (await browser.Get(address)).Location.ShouldBe("/signin?return=" + Uri.EscapeDataString(address));
        await browser.SignIn("alice");
        (await browser.Get(address)).Text.ShouldContain("test program");
        (await browser.Post("/device", ("code", (string)code["user_code"]!), ("answer", "yes"))).Text.ShouldContain("Done");
        clock.Ahead += TimeSpan.FromSeconds(30);
        var answer = await Token(server, (string)code["device_code"]!);
        var token = (string)answer.Json["access_token"]!;
        ((string?)(await server.With(token).Api(HttpMethod.Get, "whoami")).Json["principal"]).ShouldBe("person:alice");
        (await Ask(server, code)).ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_code_that_is_refused_or_old_gives_nothing()
    {
        await using var provider = await SignInProvider.Start();
        var clock = new SetClock();
        var server = await servers.SignedInAt(provider, time: clock);
        var (refused, old) = (await Begin(server), await Begin(server));
        using var browser = new Builders.Browser(server.Url);
        await browser.SignIn("alice");
        await browser.Post("/device", ("code", (string)refused["user_code"]!), ("answer", "no"));
        (await Ask(server, refused)).ShouldBe("access_denied");
        clock.Ahead += DeviceDesk.Patience;
        (await Ask(server, old)).ShouldBe("expired_token");
        (await browser.Post("/device", ("code", (string)old["user_code"]!), ("answer", "yes"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Token(server, "assay_dev_guessed")).Text.ShouldContain("invalid_grant");
    }

    [Fact]
    public async Task Whoever_guesses_codes_is_stopped_for_a_while()
    {
        await using var provider = await SignInProvider.Start();
        var clock = new SetClock();
        var server = await servers.SignedInAt(provider, time: clock);
        var code = (string)(await Begin(server))["user_code"]!;
        using var guesser = new Builders.Browser(server.Url);
        await guesser.SignIn("mallory");
        for (var i = 0; i < DeviceDesk.MostGuesses; i++)
            (await guesser.Get($"/device?code=BBBB-BBB{"BCDFGHJKLM"[i]}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await guesser.Get($"/device?code={code}")).Text.ShouldContain("Too many wrong codes");
        (await guesser.Post("/device", ("code", code), ("answer", "yes"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var other = new Builders.Browser(server.Url);
        await other.SignIn("alice");
        (await other.Get($"/device?code={code}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_does_not_confirm_a_program()
    {
        await using var server = await servers.Locked(Engine.Sqlite);
        var code = (string)(await Begin(server))["user_code"]!;
        using var browser = new Builders.Browser(server.Url);
        await browser.Post("/signin/token", ("token", await server.TokenOf("ann", ["viewers"])));
        (await browser.Post("/device", ("code", code), ("answer", "yes"))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    static async Task<JsonNode> Begin(TestServer server) =>
        (await Given.Ok(server.Given.Send(new(HttpMethod.Post, "/oidc/device_authorization") { Content = new FormUrlEncodedContent([new("client_id", "assay-cli"), new("client_name", "test program")]) }))).Json;

    static async Task<string?> Ask(TestServer server, JsonNode code) => (string?)(await Token(server, (string)code["device_code"]!)).Json["error"];

    static Task<Answer> Token(TestServer server, string secret) => server.Given.Send(new(HttpMethod.Post, "/oidc/token")
    {
        Content = new FormUrlEncodedContent([new("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), new("device_code", secret), new("client_id", "assay-cli")]),
    });
}
