using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using OpenIddict.Abstractions;

namespace Assay.Tests.Wire.Access;

/// <summary>Signing in at a real OpenID provider, and what attackers try on the way.</summary>
public sealed partial class SigningIn(Servers servers)
{
    [Theory, BothEngines]
    public async Task A_person_signs_in_is_who_the_provider_says_and_signs_out(Engine engine)
    {
        await using var provider = await SignInProvider.Start();
        provider.Groups["alice"] = ["trainers", "others"];
        var server = await servers.SignedInAt(provider, engine);
        using var browser = new Builders.Browser(server.Url);
        var first = await browser.Get("/experiments?x=1");
        (first.Status, first.Location).ShouldBe((HttpStatusCode.Redirect, "/signin?return=%2Fexperiments%3Fx%3D1"));
        var page = await browser.Get(first.Location!);
        page.Text.ShouldContain("/experiments?x=1");
        var start = Start().Match(page.Text).Groups[1].Value;
        var arrived = await browser.SignIn("alice", WebUtility.HtmlDecode(start));
        (arrived.Status, arrived.Location).ShouldBe((HttpStatusCode.Redirect, "/experiments?x=1"));
        var home = await browser.Get("/");
        home.Status.ShouldBe(HttpStatusCode.OK);
        home.Text.ShouldContain("alice of Example");
        home.Text.ShouldNotContain("Local mode");
        (await browser.Get("/api/assay/v1/whoami")).Text.ShouldContain("\"principal\":\"person:alice\"");
        (await browser.Get("/ledger")).Status.ShouldBe(HttpStatusCode.OK);
        var out1 = await browser.Post("/signout");
        (out1.Status, out1.Location).ShouldBe((HttpStatusCode.Redirect, "/signin"));
        (await browser.Get("/")).Location.ShouldBe("/signin?return=%2F");
    }

    [Fact]
    public async Task Whoever_holds_no_role_is_told_so_on_a_page()
    {
        await using var provider = await SignInProvider.Start();
        var server = await servers.SignedInAt(provider);
        using var browser = new Builders.Browser(server.Url);
        await browser.SignIn("nobody");
        var page = await browser.Get("/ledger");
        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Text.ShouldContain("person:nobody may not look at");
        page.Text.ShouldContain("<html");
    }

    [Fact]
    public async Task Who_comes_back_without_having_left_here_is_not_taken()
    {
        await using var provider = await SignInProvider.Start();
        var server = await servers.SignedInAt(provider);
        using var attacker = new Builders.Browser(server.Url);
        using var victim = new Builders.Browser(server.Url);
        var stolen = await attacker.AtProvider(await attacker.Begin(), "mallory");
        // An attacker sends the end of an own sign-in to somebody, who would act as the attacker from then on.
        (await victim.Get(stolen)).Status.ShouldBe(HttpStatusCode.Forbidden);
        await victim.Begin();
        (await victim.Get(stolen)).Status.ShouldBe(HttpStatusCode.Forbidden);
        victim.Cookies.ShouldNotContainKey("assay");
        (await attacker.Get(stolen)).Status.ShouldBe(HttpStatusCode.Redirect);
        (await attacker.Get(stolen)).Status.ShouldBe(HttpStatusCode.Forbidden, "the way back is good once");
        provider.Redeemed.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_for_another_state_nonce_or_verifier_is_not_taken()
    {
        await using var provider = await SignInProvider.Start();
        var server = await servers.SignedInAt(provider);
        foreach (var bent in (string[])["state", "nonce", "code_challenge"])
        {
            using var browser = new Builders.Browser(server.Url);
            var address = Regex.Replace(await browser.Begin(), $"([?&]){bent}=[^&]*", $"$1{bent}=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
            var page = await browser.Get(await browser.AtProvider(address, "alice"));
            page.Status.ShouldBe(HttpStatusCode.Forbidden, bent);
            browser.Cookies.ShouldNotContainKey("assay", bent);
        }
    }

    [Theory, InlineData("audience", "another client"), InlineData("party", "another client"), InlineData("issuer", "another issuer"), InlineData("nonce", "another sign-in"), InlineData("subject", "by which people are known"), InlineData("age", "not of this moment")]
    public async Task A_bent_id_token_is_not_believed(string how, string why)
    {
        await using var provider = await SignInProvider.Start();
        var server = await servers.SignedInAt(provider);
        using var browser = new Builders.Browser(server.Url);
        var address = await browser.Begin();
        if (how == "issuer")
            provider.CallsItself = "http://127.0.0.1/other/";
        provider.Bend = how switch
        {
            "audience" => p => p.SetAudiences("another"),
            "party" => p => p.SetClaim(OpenIddictConstants.Claims.AuthorizedParty, "another"),
            "nonce" => p => p.SetClaim(OpenIddictConstants.Claims.Private.Nonce, "stale").SetClaim(OpenIddictConstants.Claims.Nonce, "stale"),
            "subject" => p => p.SetClaim(OpenIddictConstants.Claims.Subject, "two words"),
            "age" => p => p.SetCreationDate(TimeProvider.System.GetUtcNow().AddMinutes(-20)),
            _ => null,
        };
        var page = await browser.Get(await browser.AtProvider(address, "alice"));
        page.Status.ShouldBe(HttpStatusCode.Forbidden, page.Text);
        page.Text.ShouldContain("cannot be believed");
        page.Text.ShouldContain(why);
        browser.Cookies.ShouldNotContainKey("assay");
    }

    [Theory, InlineData("//evil.example"), InlineData("https://evil.example"), InlineData("/\\evil.example"), InlineData("javascript:alert(1)"), InlineData("/ok\\..//evil"), InlineData("")]
    public async Task The_way_back_leads_nowhere_else(string wanted)
    {
        await using var provider = await SignInProvider.Start();
        var server = await servers.SignedInAt(provider);
        using var browser = new Builders.Browser(server.Url);
        (await browser.SignIn("alice", "/signin/start?return=" + Uri.EscapeDataString(wanted))).Location.ShouldBe("/");
    }

    [Fact]
    public async Task A_provider_that_says_no_or_is_away_is_told_in_words()
    {
        var provider = await SignInProvider.Start();
        var server = await servers.SignedInAt(provider);
        using var browser = new Builders.Browser(server.Url);
        var back = await browser.Send(new(HttpMethod.Get, await browser.Begin()));
        var page = await browser.Get(back.Location![server.Url.Length..]);
        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Text.ShouldContain("access_denied");
        await provider.DisposeAsync();
        var other = await servers.SignedInAt(provider);
        using var late = new Builders.Browser(other.Url);
        var away = await late.Get("/signin/start");
        away.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        away.Text.ShouldContain("does not answer");
    }

    [GeneratedRegex("href=\"(/signin/start[^\"]*)\"")]
    private static partial Regex Start();
}
