using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Access;

/// <summary>Identity tokens that somebody made, altered, kept, or had made for somebody else.</summary>
public sealed class ForgedTokens(LockedCi locked) : IClassFixture<LockedCi>
{
    static readonly Dictionary<string, (string Code, Func<CiProvider, string> Token)> Attacks = new()
    {
        ["signed by another key under the issuer's key id"] = ("bad-signature", ci => CiKey.Rsa(id: ci.Key.Id).Sign(ci.Claims())),
        ["changed after it was signed"] = ("bad-signature", ci => Changed(ci.Token(), ci.Claims(("repository_id", "1")))),
        ["with the signature of another token"] = ("bad-signature", ci => $"{ci.Token()[..ci.Token().LastIndexOf('.')]}.{ci.Token().Split('.')[2]}"),
        ["by a key that the issuer never published"] = ("bad-signature", ci => CiKey.Rsa().Sign(ci.Claims())),
        ["by a curve's key under the id of an RSA key"] = ("bad-signature", ci => CiKey.Ec().Sign(ci.Claims(), ("kid", ci.Key.Id))),
        ["under the same key with another algorithm"] = ("bad-signature", ci => ci.Key.Sign(ci.Claims(), ("alg", "RS512"))),
        ["unsigned"] = ("no-jwt", ci => $"{CiKey.Part(new() { ["alg"] = "none" })}.{CiKey.Part(ci.Claims())}."),
        ["alg none, with something for a signature"] = ("algorithm", ci => ci.Key.Sign(ci.Claims(), ("alg", "none"))),
        ["alg None, spelled otherwise"] = ("algorithm", ci => ci.Key.Sign(ci.Claims(), ("alg", "nOnE"))),
        ["HS256 with the public key as the secret"] = ("algorithm", ci => Hmac(ci)),
        ["that brings its key (jwk)"] = ("own-key", ci => Own(ci, "jwk", k => k.Public())),
        ["that names where its key is (jku)"] = ("own-key", ci => Own(ci, "jku", _ => "http://127.0.0.1:9/keys")),
        ["that names where its certificate is (x5u)"] = ("own-key", ci => Own(ci, "x5u", _ => "http://127.0.0.1:9/cert")),
        ["that brings its certificate (x5c)"] = ("own-key", ci => Own(ci, "x5c", _ => new JsonArray("MIIB"))),
        ["with a critical extension"] = ("header", ci => ci.Key.Sign(ci.Claims(), ("crit", new JsonArray("b64")), ("b64", false))),
        ["of another type"] = ("type", ci => ci.Key.Sign(ci.Claims(), ("typ", "at+jwt"))),
        ["expired"] = ("expired", ci => ci.Token(("iat", At(-400)), ("nbf", At(-400)), ("exp", At(-90)))),
        ["not valid yet"] = ("too-early", ci => ci.Token(("nbf", At(120)))),
        ["from the future"] = ("too-early", ci => ci.Token(("iat", At(120)))),
        ["older than ten minutes, though it lives long"] = ("too-old", ci => ci.Token(("iat", At(-720)), ("exp", At(7200)))),
        ["that never ends"] = ("no-times", ci => ci.Token(("exp", null))),
        ["without a time of issue"] = ("no-times", ci => ci.Token(("iat", null))),
        ["with a time that is no number"] = ("no-times", ci => ci.Token(("exp", "9999999999"))),
        ["with a nbf that is no number"] = ("too-early", ci => ci.Token(("nbf", "soon"))),
        ["for another audience"] = ("audience", ci => ci.Token(("aud", "https://github.com/org"))),
        ["for our audience with a slash more"] = ("audience", ci => ci.Token(("aud", CiProvider.Audience + "/"))),
        ["for our audience in capitals"] = ("audience", ci => ci.Token(("aud", CiProvider.Audience.ToUpperInvariant()))),
        ["for two audiences"] = ("audience", ci => ci.Token(("aud", new JsonArray(CiProvider.Audience, "https://other.test")))),
        ["for nobody"] = ("audience", ci => ci.Token(("aud", new JsonArray()))),
        ["without an audience"] = ("audience", ci => ci.Token(("aud", null))),
        ["of an issuer with a slash more"] = ("issuer", ci => ci.Token(("iss", ci.Issuer + "/"))),
        ["of an issuer in capitals"] = ("issuer", ci => ci.Token(("iss", ci.Issuer.ToUpperInvariant()))),
        ["of an issuer that ours is the beginning of"] = ("issuer", ci => ci.Token(("iss", ci.Issuer + ".evil.test"))),
        ["of the issuer's host alone"] = ("issuer", ci => ci.Token(("iss", ci.Issuer[..^"/tenant".Length]))),
        ["of another tenant on the issuer's host"] = ("issuer", ci => ci.Token(("iss", ci.Issuer.Replace("/tenant", "/other", StringComparison.Ordinal)))),
        ["of the same path on another host"] = ("issuer", ci => ci.Token(("iss", "http://127.0.0.1:9/tenant"))),
        ["of nobody"] = ("issuer", ci => ci.Token(("iss", null))),
        ["that says one thing twice"] = ("no-jwt", ci => Twice(ci)),
        ["in two parts"] = ("no-jwt", ci => string.Join('.', ci.Token().Split('.')[..2])),
        ["that is no token"] = ("no-jwt", _ => "a.b.c"),
        ["without end"] = ("malformed", ci => ci.Token(("padding", new string('x', 20_000)))),
    };

    public static TheoryData<string> Names => [.. Attacks.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task It_buys_nothing_and_the_answer_tells_nothing_of_the_policy(string attack)
    {
        var answer = await locked.Server.Exchange(Attacks[attack].Token(locked.Ci), "log:fraud");
        ((int)answer.Status).ShouldBe(400, answer.Text);
        ((string?)answer.Json["code"]).ShouldBe(Attacks[attack].Code, answer.Text);
        ((string?)answer.Json["error"]).ShouldBe(Attacks[attack].Code == "malformed" ? "invalid_request" : "invalid_grant");
        answer.Json["access_token"].ShouldBeNull();
        foreach (var told in (string[])["training", "12345", "67890", "train.yml"])
            answer.Text.ShouldNotContain(told);
    }

    [Theory]
    [InlineData("exp", -30)]
    [InlineData("nbf", 30)]
    [InlineData("iat", 30)]
    [InlineData("iat", -630)]
    public async Task Clocks_that_are_half_a_minute_apart_hurt_nobody(string claim, int seconds) =>
        await locked.Server.Minted(locked.Ci.Token((claim, At(seconds)), claim == "exp" ? ("iat", At(-300)) : ("x", 1)), "log:fraud");

    static long At(int seconds) => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds;

    static string Changed(string token, JsonObject claims)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{CiKey.Part(claims)}.{parts[2]}";
    }

    static string Own(CiProvider ci, string header, Func<CiKey, JsonNode> value)
    {
        var mine = CiKey.Rsa(id: ci.Key.Id);
        return mine.Sign(ci.Claims(), (header, value(mine)));
    }

    static string Hmac(CiProvider ci)
    {
        var signed = $"{CiKey.Part(new() { ["alg"] = "HS256", ["typ"] = "JWT", ["kid"] = ci.Key.Id })}.{CiKey.Part(ci.Claims())}";
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(ci.Key.Public().ToJsonString()), Encoding.UTF8.GetBytes(signed));
        return $"{signed}.{System.Buffers.Text.Base64Url.EncodeToString(mac)}";
    }

    static string Twice(CiProvider ci)
    {
        var claims = ci.Claims().ToJsonString();
        return ci.Key.SignText(claims[..^1] + ",\"repository_id\":\"1\"}");
    }
}
