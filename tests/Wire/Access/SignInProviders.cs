using System.Net;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Access;

/// <summary>What providers do differently: where groups are told, how a client shows its secret, whose certificate, which key.</summary>
public sealed class SignInProviders(Servers servers)
{
    [Theory, BothEngines]
    public async Task Groups_that_only_userinfo_tells_count_and_those_of_somebody_else_do_not(Engine engine)
    {
        await using var provider = await SignInProvider.Start();
        (provider.GroupsAtUserInfo, provider.Groups["alice"], provider.Groups["mallory"]) = (true, ["trainers"], ["admins"]);
        var server = await servers.SignedInAt(provider, engine);
        (await Roles(server, provider, "alice")).ShouldContain("\"trainer\"");
        provider.SpeaksOf = "mallory";
        var roles = await Roles(server, provider, "alice");
        roles.ShouldContain("person:alice");
        roles.ShouldNotContain("\"admin\"");
        roles.ShouldNotContain("\"trainer\"");
    }

    [Theory, InlineData(false, "client_secret_basic"), InlineData(true, "client_secret_post")]
    public async Task The_clients_secret_is_shown_as_the_provider_takes_it(bool post, string way)
    {
        await using var provider = await SignInProvider.Start(post: post);
        provider.Groups["alice"] = ["viewers"];
        var server = await servers.SignedInAt(provider);
        (await Roles(server, provider, "alice")).ShouldContain("\"viewer\"");
        provider.ShownBy.ShouldBe([way]);
    }

    [Fact]
    public async Task A_provider_of_a_private_authority_is_believed_when_the_policy_names_it_and_not_before()
    {
        using var authority = PrivateAuthority.Create();
        await using var provider = await SignInProvider.Start(authority.Certificate);
        provider.Issuer.ShouldStartWith("https://");
        provider.Groups["alice"] = ["viewers"];
        var strange = await servers.SignedInAt(provider);
        using var lost = new Builders.Browser(strange.Url);
        (await lost.Get("/signin/start")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var server = await servers.SignedInAt(provider, ca: authority.File);
        (await Roles(server, provider, "alice")).ShouldContain("\"viewer\"");
        using var other = PrivateAuthority.Create();
        var misled = await servers.SignedInAt(provider, ca: other.File);
        using var wrong = new Builders.Browser(misled.Url);
        (await wrong.Get("/signin/start")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable, "another authority");
    }

    [Fact]
    public async Task A_provider_may_change_its_key_at_any_time()
    {
        await using var provider = await SignInProvider.Start();
        provider.Groups["alice"] = ["viewers"];
        var server = await servers.SignedInAt(provider);
        (await Roles(server, provider, "alice")).ShouldContain("\"viewer\"");
        provider.Rotate();
        (await Roles(server, provider, "alice")).ShouldContain("\"viewer\"");
    }

    /// <summary>Signs somebody in and asks what they may.</summary>
    static async Task<string> Roles(TestServer server, SignInProvider provider, string person)
    {
        using var browser = new Builders.Browser(server.Url);
        var address = await browser.Begin();
        // At the provider it is the test that looks, and believes any certificate.
#pragma warning disable CA5359
        using var trusting = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
#pragma warning restore CA5359
        address.ShouldStartWith(provider.Issuer);
        using var back = await trusting.GetAsync($"{address}&as={person}", TestContext.Current.CancellationToken);
        var arrived = await browser.Get(back.Headers.Location!.ToString()[server.Url.Length..]);
        arrived.Status.ShouldBe(HttpStatusCode.Redirect, arrived.Text);
        return (await browser.Get("/api/assay/v1/whoami")).Text;
    }
}
