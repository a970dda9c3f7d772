using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.Builders;

/// <summary>
/// An issuer of CI's identity tokens on loopback: real discovery and key set over HTTP, real RSA and EC keys, signed JWTs. Every token is another one.
/// Tokens look like GitHub's by default, issued now for five minutes, for <see cref="Audience"/>.
/// </summary>
public sealed class CiProvider : IAsyncDisposable
{
    /// <summary>What a job shows to get an identity token, as GitHub's jobs do.</summary>
    public const string JobSecret = "job-secret";

    public const string Audience = "https://assay.test";

    readonly WebApplication app;
    readonly List<CiKey> published = [];
    int fetches, given;

    CiProvider(WebApplication app, string path)
    {
        this.app = app;
        Path = path;
    }

    string Path { get; }

    /// <summary>Whom tokens are from, exactly.</summary>
    public string Issuer => app.Urls.Single() + Path;

    /// <summary>How often the key set was asked for.</summary>
    public int KeyFetches => fetches;

    /// <summary>How many tokens jobs asked for.</summary>
    public int TokensGiven => given;

    /// <summary>The variables of a job of GitHub's that may have identity tokens.</summary>
    public IReadOnlyDictionary<string, string> JobVariables => new Dictionary<string, string> { ["ACTIONS_ID_TOKEN_REQUEST_URL"] = $"{Issuer}/idtoken", ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = JobSecret };

    /// <summary>Claims of the tokens that jobs get.</summary>
    public IReadOnlyList<(string Name, JsonNode? Value)> Job { get; set; } = [];

    /// <summary>Answers 503 to everything while it is set.</summary>
    public bool Down { get; set; }

    /// <summary>What discovery says, when it shall lie.</summary>
    public JsonObject? Discovery { get; set; }

    /// <summary>Where the key set is said to be, when it shall not be here.</summary>
    public string? Redirect { get; set; }

    /// <summary>One more entry of the key set.</summary>
    public JsonObject? Extra { get; set; }

    /// <summary>All keys that it ever published and has not taken back.</summary>
    public IReadOnlyList<CiKey> Published => published;

    /// <summary>What tokens are signed with now.</summary>
    public CiKey Key { get; private set; } = CiKey.Rsa();

    /// <param name="certificate">Serves https with it, when given.</param>
    public static async Task<CiProvider> Start(string path = "", X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, listen => _ = certificate is null ? listen : listen.UseHttps(certificate)));
        var app = builder.Build();
        var provider = new CiProvider(app, path);
        provider.published.Add(provider.Key);
        app.MapGet(path + "/.well-known/openid-configuration", () => provider.Answer(provider.Discovery ?? new() { ["issuer"] = provider.Issuer, ["jwks_uri"] = provider.Issuer + "/keys" }));
        app.MapGet(path + "/keys", () =>
        {
            Interlocked.Increment(ref provider.fetches);
            return provider.Redirect is { } to ? Results.Redirect(to) : provider.Answer(provider.KeySet());
        });
        app.MapGet(path + "/idtoken", (HttpRequest request, string audience) =>
        {
            Interlocked.Increment(ref provider.given);
            return request.Headers.Authorization == $"Bearer {JobSecret}" ? provider.Answer(new() { ["value"] = provider.Token([("aud", audience), .. provider.Job]) }) : Results.StatusCode(401);
        });
        await app.StartAsync();
        return provider;
    }

    /// <summary>The public keys, as published.</summary>
    public JsonObject KeySet() => new() { ["keys"] = new JsonArray([.. Extra is { } extra ? [extra.DeepClone()] : Array.Empty<JsonNode>(), .. published.Select(k => k.Public())]) };

    /// <summary>From now on tokens are signed with another key; the old one stays published unless told otherwise.</summary>
    public void Rotate(CiKey? to = null, bool keepOld = true)
    {
        if (!keepOld)
            published.Clear();
        published.Add(Key = to ?? CiKey.Rsa());
    }

    /// <summary>A token of a job on the main branch of org/fraud. A claim that is set to null is left out.</summary>
    public string Token(params (string Name, JsonNode? Value)[] claims) => Key.Sign(Claims(claims));

    /// <summary>Its claims, unsigned.</summary>
    public JsonObject Claims(params (string Name, JsonNode? Value)[] claims) => ClaimsAt(TimeProvider.System.GetUtcNow(), claims);

    /// <summary>A token that is issued at another moment.</summary>
    public string TokenAt(DateTimeOffset time, params (string Name, JsonNode? Value)[] claims) => Key.Sign(ClaimsAt(time, claims));

    public JsonObject ClaimsAt(DateTimeOffset time, params (string Name, JsonNode? Value)[] claims)
    {
        var now = time.ToUnixTimeSeconds();
        JsonObject all = new()
        {
            ["iss"] = Issuer,
            ["aud"] = Audience,
            ["sub"] = "repo:org@12345/fraud@67890:ref:refs/heads/main",
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 300,
            ["repository_owner"] = "org",
            ["repository_owner_id"] = "12345",
            ["repository"] = "org/fraud",
            ["repository_id"] = "67890",
            ["workflow_ref"] = "org/fraud/.github/workflows/train.yml@refs/heads/main",
            ["workflow_sha"] = Given.Commit,
            ["job_workflow_ref"] = "org/fraud/.github/workflows/train.yml@refs/heads/main",
            ["job_workflow_sha"] = Given.Commit,
            ["ref"] = "refs/heads/main",
            ["ref_type"] = "branch",
            ["ref_protected"] = "true",
            ["event_name"] = "push",
            ["runner_environment"] = "github-hosted",
            ["sha"] = Given.Commit,
            ["run_id"] = "42",
            ["run_attempt"] = "1",
            ["actor"] = "ana",
        };
        foreach (var (name, value) in claims)
            if (value is null)
                all.Remove(name);
            else
                all[name] = value.DeepClone();
        return all;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    IResult Answer(JsonObject body) => Down ? Results.StatusCode(503) : Results.Text(body.ToJsonString(), "application/json");
}

/// <summary>A key that signs tokens, and as its issuer publishes it.</summary>
public sealed class CiKey(string id, string algorithm, AsymmetricAlgorithm key)
{
    public string Id => id;

    public string Algorithm => algorithm;

    public static CiKey Rsa(string algorithm = "RS256", string? id = null, int bits = 2048) => new(id ?? Guid.NewGuid().ToString("N"), algorithm, RSA.Create(bits));

    public static CiKey Ec(string algorithm = "ES256") =>
        new(Guid.NewGuid().ToString("N"), algorithm, ECDsa.Create(algorithm switch { "ES256" => ECCurve.NamedCurves.nistP256, "ES384" => ECCurve.NamedCurves.nistP384, _ => ECCurve.NamedCurves.nistP521 }));

    /// <summary>A token with these claims. <paramref name="header"/> is put over the usual one.</summary>
    public string Sign(JsonObject claims, params (string Name, JsonNode? Value)[] header)
    {
        JsonObject all = new() { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = id };
        foreach (var (name, value) in header)
            if (value is null)
                all.Remove(name);
            else
                all[name] = value.DeepClone();
        return Signed($"{Part(all)}.{Part(claims)}");
    }

    /// <summary>A token whose claims are this very text, JSON or not.</summary>
    public string SignText(string claims) => Signed($"{Part(new() { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = id })}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}");

    string Signed(string text) => $"{text}.{Base64Url.EncodeToString(Signature(Encoding.ASCII.GetBytes(text)))}";

    public JsonObject Public()
    {
        var of = new JsonObject { ["kid"] = id, ["use"] = "sig", ["alg"] = algorithm };
        if (key is RSA rsa)
        {
            var p = rsa.ExportParameters(false);
            (of["kty"], of["n"], of["e"]) = ("RSA", Base64Url.EncodeToString(p.Modulus), Base64Url.EncodeToString(p.Exponent));
        }
        else
        {
            var p = ((ECDsa)key).ExportParameters(false);
            (of["kty"], of["crv"], of["x"], of["y"]) = ("EC", $"P-{(algorithm == "ES512" ? "521" : algorithm[2..])}", Base64Url.EncodeToString(p.Q.X), Base64Url.EncodeToString(p.Q.Y));
        }
        return of;
    }

    public static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    byte[] Signature(byte[] data)
    {
        var hash = algorithm[2..] switch { "256" => HashAlgorithmName.SHA256, "384" => HashAlgorithmName.SHA384, _ => HashAlgorithmName.SHA512 };
        return key is RSA rsa ? rsa.SignData(data, hash, algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1) : ((ECDsa)key).SignData(data, hash);
    }
}
