using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Server.Access.Exchange;

/// <summary>All that can be said of an identity token without a key: pure, on its header and its claims.</summary>
static class TokenSoundness
{
    /// <summary>How far the clocks of issuer and server may be apart. The usual five minutes would double the life of a CI token.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    /// <summary>How old a token may be, from its <c>iat</c>, whatever its <c>exp</c> says.</summary>
    public static readonly TimeSpan MostAge = TimeSpan.FromMinutes(10);

    /// <summary>Signatures by a key that only the issuer has: never <c>none</c>, never one that everybody who checks could make (<c>HS…</c>).</summary>
    public static readonly IReadOnlyList<string> Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>A token that names where its key is, or brings it, would be believed on its own word.</summary>
    static readonly string[] OwnKeys = ["jwk", "jku", "x5u", "x5c"];

    /// <summary>What is wrong with it, or null. <paramref name="audience"/> is ours.</summary>
    public static ExchangeRefusal? Objection(IdentityToken token, string audience, DateTimeOffset now) =>
        OfHeader(token) ?? OfAudience(token.Claims["aud"], audience) ?? OfTime(token, now);

    /// <summary>How long it must be remembered: until nobody would take it any more, whichever server's clock is late.</summary>
    public static DateTimeOffset Forgettable(IdentityToken token)
    {
        var (expires, old) = (token.Moment("exp")!.Value, token.Moment("iat")!.Value + MostAge);
        return (expires < old ? expires : old) + 2 * Skew;
    }

    static ExchangeRefusal? OfHeader(IdentityToken token)
    {
        if (!Algorithms.Contains(token.Algorithm, StringComparer.Ordinal))
            return ExchangeRefusal.Token("algorithm", $"alg is not one of {string.Join(", ", Algorithms)}.");
        if (Array.Find(OwnKeys, token.Header.ContainsKey) is { } own)
            return ExchangeRefusal.Token("own-key", $"its header has {own}; keys come from the issuer only.");
        if (token.Header.ContainsKey("crit") || token.Header.ContainsKey("b64"))
            return ExchangeRefusal.Token("header", "its header asks for an extension (crit).");
        var type = token.Header["typ"];
        return type is null || type.GetValueKind() is JsonValueKind.String && type.GetValue<string>().Equals("JWT", StringComparison.OrdinalIgnoreCase) ? null
            : ExchangeRefusal.Token("type", "typ is not JWT.");
    }

    static ExchangeRefusal? OfAudience(JsonNode? said, string audience)
    {
        // A token for two could be passed on by the other one.
        var only = said is JsonArray { Count: 1 } list ? list[0] : said;
        return only is JsonValue value && value.GetValueKind() is JsonValueKind.String && value.GetValue<string>() == audience ? null
            : ExchangeRefusal.Token("audience", $"its audience is not '{audience}' alone.");
    }

    static ExchangeRefusal? OfTime(IdentityToken token, DateTimeOffset now)
    {
        if (token.Moment("exp") is not { } expires || token.Moment("iat") is not { } issued)
            return ExchangeRefusal.Token("no-times", "it has no exp or no iat.");
        if (token.Claims.ContainsKey("nbf") && token.Moment("nbf") is not { } || token.Moment("nbf") > now + Skew || issued > now + Skew)
            return ExchangeRefusal.Token("too-early", "it is not valid yet (nbf, iat).");
        if (expires <= now - Skew)
            return ExchangeRefusal.Token("expired", "it has expired (exp).");
        return issued < now - MostAge - Skew ? ExchangeRefusal.Token("too-old", $"it is older than {MostAge.TotalMinutes} minutes (iat); ask the CI for a fresh one.") : null;
    }
}
