using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Server.Access.Exchange;

/// <summary>A signed identity token, taken apart. Nothing in it is proven by that.</summary>
/// <param name="Compact">As it came; never logged, never stored.</param>
sealed record IdentityToken(string Compact, JsonObject Header, JsonObject Claims)
{
    public string Algorithm => Text(Header, "alg") ?? "";

    public string? KeyId => Text(Header, "kid");

    public string? Issuer => Text(Claims, "iss");

    /// <summary>What makes it this token: its <c>jti</c>, or where it has none the hash of the whole.</summary>
    public string Id => Text(Claims, "jti") is { Length: > 0 and <= 200 } jti ? $"jti:{jti}" : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Compact[..Compact.LastIndexOf('.')])))}";

    /// <summary>Takes a compact JWS apart; null when it is none.</summary>
    public static IdentityToken? Parse(string compact)
    {
        var parts = compact.Split('.');
        return parts.Length == 3 && parts.All(p => p.Length > 0) && Decoded(parts[0]) is { } header && Decoded(parts[1]) is { } claims ? new(compact, header, claims) : null;
    }

    /// <summary>A moment in whole or broken seconds since 1970; null when there is none that a calendar has.</summary>
    public DateTimeOffset? Moment(string claim) =>
        Claims[claim] is JsonValue value && value.GetValueKind() is JsonValueKind.Number && value.TryGetValue<double>(out var seconds) && seconds is >= 0 and < 253402300799
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) : null;

    static string? Text(JsonObject of, string name) => of[name] is JsonValue value && value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : null;

    static JsonObject? Decoded(string part)
    {
        try
        {
            return SoundJson.Object(Base64Url.DecodeFromChars(part));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
