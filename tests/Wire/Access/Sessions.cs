using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Assay.Server.Access.People.Sessions;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Access;

/// <summary>Browser sessions: how long they last, and who may use one.</summary>
public sealed class Sessions(Servers servers)
{
    const string Whoami = "/api/assay/v1/whoami";

    [Fact]
    public async Task A_session_ends_without_use_and_however_much_it_is_used()
    {
        await using var provider = await SignInProvider.Start();
        var clock = new SetClock();
        var server = await servers.SignedInAt(provider, time: clock);
        using var idle = new Builders.Browser(server.Url);
        using var busy = new Builders.Browser(server.Url);
        await idle.SignIn("ida");
        await busy.SignIn("bea");
        for (var passed = TimeSpan.Zero; passed < SessionBook.Longest - TimeSpan.FromHours(1); passed += TimeSpan.FromHours(1))
        {
            (await busy.Get(Whoami)).Status.ShouldBe(HttpStatusCode.OK);
            clock.Ahead += TimeSpan.FromHours(1);
        }
        (await idle.Get(Whoami)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await busy.Get(Whoami)).Status.ShouldBe(HttpStatusCode.OK);
        clock.Ahead += TimeSpan.FromHours(1);
        (await busy.Get(Whoami)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, BothEngines]
    public async Task A_cookie_gets_a_successor_and_is_good_for_what_is_under_way_only(Engine engine)
    {
        await using var provider = await SignInProvider.Start();
        var clock = new SetClock();
        var server = await servers.SignedInAt(provider, engine, clock);
        using var browser = new Builders.Browser(server.Url);
        await browser.SignIn("alice");
        var first = browser.Cookies["assay"];
        await browser.Get(Whoami);
        browser.Cookies["assay"].ShouldBe(first);
        clock.Ahead += SessionBook.CookieAge;
        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => With(server, first)));
        both.ShouldAllBe(a => a.Status == HttpStatusCode.OK);
        var successors = both.SelectMany(a => a.Set).ToList();
        successors.Count.ShouldBe(1, "of several requests at once one gets the successor");
        var next = successors[0].Split(';')[0]["assay=".Length..];
        next.ShouldNotBe(first);
        (await With(server, next)).Status.ShouldBe(HttpStatusCode.OK);
        clock.Ahead += SessionBook.Overlap + TimeSpan.FromSeconds(1);
        (await With(server, first)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await With(server, next)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_cookie_that_somebody_planted_is_not_what_a_sign_in_continues()
    {
        await using var provider = await SignInProvider.Start();
        var server = await servers.SignedInAt(provider);
        using var attacker = new Builders.Browser(server.Url);
        await attacker.SignIn("mallory");
        using var victim = new Builders.Browser(server.Url);
        victim.Cookies["assay"] = attacker.Cookies["assay"];
        await victim.SignIn("alice");
        victim.Cookies["assay"].ShouldNotBe(attacker.Cookies["assay"]);
        (await attacker.Get(Whoami)).Status.ShouldBe(HttpStatusCode.Unauthorized, "the session that was planted ended");
        (await victim.Get(Whoami)).Text.ShouldContain("person:alice");
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_script_and_of_other_sites()
    {
        await using var provider = await SignInProvider.Start();
        var server = await servers.SignedInAt(provider);
        using var browser = new Builders.Browser(server.Url);
        await browser.SignIn("alice");
        var line = browser.SetCookies.Last(c => c.StartsWith("assay=", StringComparison.Ordinal));
        foreach (var part in (string[])["path=/", "samesite=lax", "httponly"])
            line.ShouldContain(part, Case.Insensitive);
        var policy = LockedServers.Policy.Replace("http://127.0.0.1:5000", "https://assay.example", StringComparison.Ordinal);
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        SessionCookie.Session.Give(context.Response, Assay.Server.Access.Policy.AccessDocument.Read(policy, "test").Value, "x");
        var secure = context.Response.Headers.SetCookie.ToString();
        secure.ShouldStartWith("__Host-assay=x");
        secure.ShouldContain("secure", Case.Insensitive);
        secure.ShouldNotContain("domain", Case.Insensitive);
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.Forbidden)]
    [InlineData("http://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("null", null, HttpStatusCode.Forbidden)]
    [InlineData(null, "cross-site", HttpStatusCode.Forbidden)]
    [InlineData(null, "same-site", HttpStatusCode.Forbidden)]
    [InlineData(null, "none", HttpStatusCode.Forbidden)]
    [InlineData(null, "same-origin", HttpStatusCode.OK)]
    [InlineData("self", null, HttpStatusCode.OK)]
    [InlineData("self", "same-origin", HttpStatusCode.OK)]
    public async Task What_changes_something_with_a_cookie_must_come_from_our_own_page(string? origin, string? site, HttpStatusCode wanted)
    {
        await using var provider = await SignInProvider.Start();
        provider.Groups["alice"] = ["trainers"];
        var server = await servers.SignedInAt(provider);
        using var browser = new Builders.Browser(server.Url);
        await browser.SignIn("alice");
        var request = new HttpRequestMessage(HttpMethod.Post, server.Url + "/api/2.0/mlflow/experiments/create") { Content = JsonContent.Create(new { name = "made" }) };
        if (origin is not null)
            request.Headers.Add("Origin", origin == "self" ? server.Url : origin);
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        var answer = await browser.Send(request);
        answer.Status.ShouldBe(wanted, answer.Text);
    }

    [Fact]
    public async Task Groups_count_from_the_next_sign_in_and_the_policy_at_once()
    {
        await using var provider = await SignInProvider.Start();
        provider.Groups["alice"] = ["admins"];
        var server = await servers.SignedInAt(provider);
        using var browser = new Builders.Browser(server.Url);
        await browser.SignIn("alice");
        (await browser.Get("/api/assay/v1/access")).Status.ShouldBe(HttpStatusCode.OK);
        provider.Groups["alice"] = [];
        await browser.SignIn("alice");
        (await browser.Get("/api/assay/v1/access")).Status.ShouldBe(HttpStatusCode.Forbidden);
        provider.Groups["alice"] = ["admins"];
        await browser.SignIn("alice");
        (await browser.Get("/api/assay/v1/access")).Status.ShouldBe(HttpStatusCode.OK);
        await server.Apply(File.ReadAllText(server.Options.Access!).Replace("{group: admins", "{group: nobodies", StringComparison.Ordinal));
        (await browser.Get("/api/assay/v1/access")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_session_that_was_begun_with_a_token_may_no_more_and_ends_with_it()
    {
        await using var server = await servers.Locked(Engine.Sqlite);
        var token = await server.TokenOf("ann", ["admins", "viewers"], "viewer");
        using var browser = new Builders.Browser(server.Url);
        (await browser.Post("/signin/token", ("token", "assay_pat_wrong"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.Post("/signin/token", ("token", token), ("return", "/models"))).Location.ShouldBe("/models");
        (await browser.Get("/ledger")).Status.ShouldBe(HttpStatusCode.OK);
        (await browser.Get("/api/assay/v1/access")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var page = await browser.Post("/you/tokens", ("name", "more"));
        page.Status.ShouldBe(HttpStatusCode.Forbidden, "a session of a scoped token makes no token");
        await server.Write("UPDATE access_token SET revoked_ms = 1");
        (await browser.Get("/ledger")).Location.ShouldBe("/signin?return=%2Fledger");
    }

    static async Task<(HttpStatusCode Status, List<string> Set)> With(TestServer server, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url + Whoami);
        request.Headers.Add("Cookie", $"assay={cookie}");
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, answer.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : []);
    }
}
