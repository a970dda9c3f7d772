using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.AspNetCore.Builder;

namespace Assay.Tests.Wire.Access;

/// <summary>The keys of issuers: fetched when needed, kept, rotated, and never often.</summary>
public sealed class IssuersKeys(Servers servers)
{
    [Fact]
    public async Task Every_algorithm_that_only_an_issuer_can_sign_with_is_taken()
    {
        await using var ci = await CiProvider.Start();
        foreach (var algorithm in (string[])["RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"])
            ci.Rotate(algorithm[0] == 'E' ? CiKey.Ec(algorithm) : CiKey.Rsa(algorithm));
        await using var server = await servers.Locked(Engine.Sqlite, new AccessText(ci.Issuer));
        foreach (var key in ci.Published)
            await server.Minted(key.Sign(ci.Claims()), "log:fraud");
        ci.KeyFetches.ShouldBe(1);
    }

    [Fact]
    public async Task Tokens_with_unknown_keys_cause_one_fetch_in_half_a_minute_and_a_new_key_is_found_after_it()
    {
        await using var ci = await CiProvider.Start();
        var clock = new SetClock();
        await using var server = await servers.Locked(Engine.Sqlite, new AccessText(ci.Issuer), clock);
        await server.Minted(ci.Token(), "log:fraud");
        var stranger = CiKey.Rsa();
        var flood = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => server.Exchange(stranger.Sign(ci.Claims(), ("kid", Guid.NewGuid().ToString())), "log:fraud")));
        flood.ShouldAllBe(a => (int)a.Status == 400);
        ci.KeyFetches.ShouldBe(1, "the first fetch was just now");
        ci.Rotate();
        ((int)(await server.Exchange(ci.Token(), "log:fraud")).Status).ShouldBe(400, "half a minute is not over");
        clock.Ahead = TimeSpan.FromSeconds(31);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => server.Exchange(stranger.Sign(ci.Claims(), ("kid", Guid.NewGuid().ToString())), "log:fraud")));
        ci.KeyFetches.ShouldBe(2);
        await server.Minted(ci.Token(), "log:fraud");
        ci.KeyFetches.ShouldBe(2, "the rotated key came with the fetch that strangers caused");
    }

    [Fact]
    public async Task While_the_issuer_is_down_the_known_keys_serve_on_and_without_any_the_caller_is_told_to_come_again()
    {
        await using var ci = await CiProvider.Start();
        var clock = new SetClock();
        await using var server = await servers.Locked(Engine.Sqlite, new AccessText(ci.Issuer), clock);
        ci.Down = true;
        var without = await server.Exchange(ci.Token(), "log:fraud");
        (((int)without.Status), (string?)without.Json["error"]).ShouldBe((503, "temporarily_unavailable"));
        (ci.Down, clock.Ahead) = (false, TimeSpan.FromSeconds(31));
        await server.Minted(ci.Token(), "log:fraud");
        (ci.Down, clock.Ahead) = (true, TimeSpan.FromHours(2));
        await server.Minted(ci.TokenAt(clock.GetUtcNow()), "log:fraud");
        clock.Ahead = TimeSpan.FromHours(30);
        ((int)(await server.Exchange(ci.TokenAt(clock.GetUtcNow()), "log:fraud")).Status).ShouldBe(503);
    }

    [Fact]
    public async Task A_key_that_its_issuer_took_back_is_gone_within_the_hour()
    {
        await using var ci = await CiProvider.Start();
        var clock = new SetClock();
        await using var server = await servers.Locked(Engine.Sqlite, new AccessText(ci.Issuer), clock);
        await server.Minted(ci.Token(), "log:fraud");
        var leaked = ci.Key;
        ci.Rotate(keepOld: false);
        clock.Ahead = TimeSpan.FromMinutes(61);
        ((int)(await server.Exchange(leaked.Sign(ci.ClaimsAt(clock.GetUtcNow())), "log:fraud")).Status).ShouldBe(400);
        await server.Minted(ci.TokenAt(clock.GetUtcNow()), "log:fraud");
    }

    [Fact]
    public async Task Keys_may_stand_in_a_file_and_nothing_is_fetched_then()
    {
        await using var ci = await CiProvider.Start();
        var file = Path.Combine(Directory.CreateTempSubdirectory("assay keys ").FullName, "jwks.json");
        await File.WriteAllTextAsync(file, ci.KeySet().ToJsonString());
        await using var server = await servers.Locked(Engine.Sqlite, new AccessText(ci.Issuer) { IssuerKeys = $"jwks: 'file:{file}'" });
        await server.Minted(ci.Token(), "log:fraud");
        ci.KeyFetches.ShouldBe(0);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Theory]
    [InlineData("another issuer's")]
    [InlineData("keys in the clear elsewhere")]
    [InlineData("a redirect")]
    [InlineData("without end")]
    [InlineData("keys too short")]
    [InlineData("a shared secret")]
    public async Task Discovery_that_lies_gives_no_keys(string lie)
    {
        await using var ci = await CiProvider.Start();
        var elsewhere = await CiProvider.Start();
        await using var _ = elsewhere;
        (ci.Discovery, ci.Redirect) = lie switch
        {
            "another issuer's" => (new JsonObject { ["issuer"] = ci.Issuer + "/", ["jwks_uri"] = ci.Issuer + "/keys" }, null),
            "keys in the clear elsewhere" => (new JsonObject { ["issuer"] = ci.Issuer, ["jwks_uri"] = "http://keys.example/keys" }, null),
            "a redirect" => (null, elsewhere.Issuer + "/keys"),
            "without end" => (new JsonObject { ["issuer"] = ci.Issuer, ["jwks_uri"] = ci.Issuer + "/keys", ["padding"] = new string('x', 600_000) }, (string?)null),
            _ => (null, null),
        };
        if (lie == "keys too short")
            ci.Rotate(CiKey.Rsa(bits: 1024), keepOld: false);
        if (lie == "a shared secret")
            ci.Extra = new() { ["kty"] = "oct", ["kid"] = ci.Key.Id, ["k"] = "c2VjcmV0", ["alg"] = "RS256" };
        await using var server = await servers.Locked(Engine.Sqlite, new AccessText(ci.Issuer));
        var answer = await server.Exchange(ci.Token(), "log:fraud");
        // A shared secret beside the real key is passed over; the real one counts.
        ((int)answer.Status).ShouldBe(lie switch { "a shared secret" => 200, "keys too short" => 400, _ => 503 }, answer.Text);
        elsewhere.KeyFetches.ShouldBe(0);
    }

    [Fact]
    public async Task A_private_authority_is_believed_only_for_the_issuer_that_names_it()
    {
        using var authority = PrivateAuthority.Create();
        await using var ci = await CiProvider.Start(certificate: authority.Certificate);
        await using var server = await servers.Locked(Engine.Sqlite, new AccessText(ci.Issuer));
        ((int)(await server.Exchange(ci.Token(), "log:fraud")).Status).ShouldBe(503);
        await server.Apply(new AccessText(ci.Issuer) { IssuerKeys = $"ca: '{authority.File}'" });
        await server.Minted(ci.Token(), "log:fraud");
    }
}
