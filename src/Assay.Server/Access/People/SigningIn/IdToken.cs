using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Access.Policy;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Assay.Server.Access.People.SigningIn;

/// <summary>Decides whether an ID token is believed (OpenID Connect Core §3.1.3.7): everything that it must be is named here, nothing is left to defaults.</summary>
static class IdToken
{
    static readonly TimeSpan Skew = TimeSpan.FromSeconds(60), Newest = TimeSpan.FromMinutes(10);
    static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>The claims of a token that is believed.</summary>
    public static async Task<Result<JsonObject>> Claims(string text, OpenIdConnectConfiguration issuer, SignIn settings, string nonce, DateTimeOffset now)
    {
        var read = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidIssuer = settings.Issuer,
            ValidAudience = settings.ClientId,
            ValidAlgorithms = Algorithms,
            IssuerSigningKeys = issuer.SigningKeys,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            RequireAudience = true,
            ClockSkew = Skew,
            LifetimeValidator = (from, until, _, _) => until is { } end && end > (now - Skew).UtcDateTime && (from is null || from < (now + Skew).UtcDateTime),
        });
        if (!read.IsValid || read.SecurityToken is not JsonWebToken token)
            return PersonRefusals.BadIdToken(Words(read.Exception));
        if (token.Typ is { Length: > 0 } type && !type.Equals("JWT", StringComparison.OrdinalIgnoreCase))
            return PersonRefusals.BadIdToken("it is a token of another kind");
        var claims = (JsonObject)JsonNode.Parse(Base64UrlEncoder.Decode(token.EncodedPayload))!;
        if (Text(claims, "azp") is { } party ? party != settings.ClientId : token.Audiences.Count() != 1)
            return PersonRefusals.BadIdToken("it was made for another client");
        if (token.IssuedAt < (now - Newest).UtcDateTime || token.IssuedAt > (now + Skew).UtcDateTime)
            return PersonRefusals.BadIdToken("it is not of this moment (iat)");
        return Text(claims, "nonce") == nonce ? claims : PersonRefusals.BadIdToken("it belongs to another sign-in (nonce)");
    }

    /// <summary>Was it signed with a key that is not among those that are known?</summary>
    public static bool NamesUnknownKey(string text, OpenIdConnectConfiguration issuer)
    {
        var handler = new JsonWebTokenHandler();
        return handler.CanReadToken(text) && handler.ReadJsonWebToken(text).Kid is { Length: > 0 } kid && issuer.SigningKeys.All(k => k.KeyId != kid);
    }

    /// <summary>A text claim; nested ones are written with <c>/</c>.</summary>
    public static string? Text(JsonObject claims, string name) => Find(claims, name) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A claim that is a list of texts, or one text.</summary>
    public static IReadOnlyList<string>? Texts(JsonObject claims, string name) => Find(claims, name) switch
    {
        JsonArray list => [.. list.OfType<JsonValue>().Select(v => v.TryGetValue<string>(out var text) ? text : null).OfType<string>()],
        JsonValue value when value.TryGetValue<string>(out var one) => [one],
        _ => null,
    };

    // A claim may itself be called by an address: the whole name goes first.
    static JsonNode? Find(JsonObject claims, string name) =>
        claims.TryGetPropertyValue(name, out var direct) ? direct
        : name.Split('/').Aggregate((JsonNode?)claims, (at, part) => at is JsonObject map && map.TryGetPropertyValue(part, out var next) ? next : null);

    static string Words(Exception? why) => why switch
    {
        SecurityTokenInvalidAudienceException => "it was made for another client",
        SecurityTokenInvalidIssuerException => "it was made by another issuer",
        SecurityTokenInvalidAlgorithmException => "it is signed in a way that is not taken",
        SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException => "it is not valid now",
        SecurityTokenSignatureKeyNotFoundException => "it is signed with a key that the issuer does not publish",
        _ => "its signature is not sound",
    };
}
