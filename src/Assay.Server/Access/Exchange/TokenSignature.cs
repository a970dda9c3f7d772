using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Assay.Server.Access.Exchange;

/// <summary>Is a token signed by this very key?</summary>
static class TokenSignature
{
    static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = ExchangeRequest.MostToken };

    /// <summary>Times, audience and issuer are looked at beside this (<see cref="TokenSoundness"/>); here the library checks issuer and audience once more.</summary>
    public static async Task<bool> Holds(IdentityToken token, JsonWebKey key, string issuer, string audience) => (await Handler.ValidateTokenAsync(token.Compact, new()
    {
        IssuerSigningKey = key,
        IssuerSigningKeyResolver = (_, _, _, _) => [key],
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        ValidAlgorithms = [.. TokenSoundness.Algorithms],
        ValidIssuer = issuer,
        IssuerValidator = (said, _, _) => said == issuer ? said : throw new SecurityTokenInvalidIssuerException(),
        ValidAudience = audience,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        ValidateLifetime = false,
    })).IsValid;
}
