using System.Net;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Access;

/// <summary>Somebody leaves: what they could do ends, what is personal is erased.</summary>
public sealed class WhoeverLeaves(Servers servers)
{
    [Theory, BothEngines]
    public async Task A_person_who_is_forgotten_has_no_token_no_session_and_no_name_here(Engine engine)
    {
        await using var provider = await SignInProvider.Start();
        provider.Groups["alice"] = ["viewers"];
        var server = await servers.SignedInAt(provider, engine);
        using var browser = new Builders.Browser(server.Url);
        await browser.SignIn("alice");
        var secret = await server.TokenOf("alice", ["viewers"]);
        using var second = new Builders.Browser(server.Url);
        await second.Post("/signin/token", ("token", secret));
        var (alice, adam) = (server.With(secret), await server.As("adam", "admins"));
        (await Given.Ok(adam.Api(HttpMethod.Get, "people"))).Text.ShouldContain("alice@people.example");
        (await alice.Api(HttpMethod.Get, "people")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await alice.Api(HttpMethod.Delete, "people/adam")).Status.ShouldBe(HttpStatusCode.Forbidden);
        await Given.Ok(adam.Api(HttpMethod.Delete, "people/alice"), HttpStatusCode.NoContent);
        (await alice.Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var window in (Builders.Browser[])[browser, second])
            (await window.Get("/")).Location.ShouldBe("/signin?return=%2F");
        (await Given.Ok(adam.Api(HttpMethod.Get, "people"))).Text.ShouldNotContain("alice");
        (await adam.Api(HttpMethod.Delete, "people/alice")).ShouldBeRefused(404, "no-such-person");
    }

    [Theory, BothEngines]
    public async Task A_group_that_the_provider_took_away_ends_what_tokens_and_sessions_may_with_the_next_sign_in(Engine engine)
    {
        await using var provider = await SignInProvider.Start();
        provider.Groups["alice"] = ["trainers"];
        var server = await servers.SignedInAt(provider, engine);
        using var browser = new Builders.Browser(server.Url);
        await browser.SignIn("alice");
        var token = server.With(await server.TokenOf("alice", ["trainers"]));
        await token.AnExperiment("before");
        provider.Groups["alice"] = ["viewers"];
        await token.AnExperiment("not yet");
        using var elsewhere = new Builders.Browser(server.Url);
        await elsewhere.SignIn("alice");
        (await token.Post("experiments/create", new() { ["name"] = "after" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await token.Get("experiments/get-by-name?experiment_name=before")).Status.ShouldBe(HttpStatusCode.OK, "viewers look");
        (await browser.Get("/api/assay/v1/whoami")).Text.ShouldNotContain("trainer", customMessage: "the older session, too");
        provider.Groups["alice"] = [];
        await elsewhere.SignIn("alice");
        (await token.Get("experiments/get-by-name?experiment_name=before")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
