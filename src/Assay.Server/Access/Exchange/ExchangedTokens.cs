using Assay.Server.Storage;

namespace Assay.Server.Access.Exchange;

/// <summary>Identity tokens that were exchanged already: remembered until nobody would take them any more.</summary>
static class ExchangedTokens
{
    const string Insert = "INSERT INTO access_exchanged (issuer, jti, forget_ms) VALUES (@issuer, @jti, @forget) ON CONFLICT (issuer, jti) DO NOTHING";

    const string Forget = "DELETE FROM access_exchanged WHERE forget_ms < @now";

    const string ForgetMinted = "DELETE FROM access_token WHERE kind = @kind AND expires_ms < @before";

    /// <summary>Takes one for this exchange, in the unit that mints; false when it was taken before, on whichever server.</summary>
    public static async Task<bool> Take(Tx tx, string issuer, IdentityToken token) =>
        await tx.Execute(Insert, ("issuer", issuer), ("jti", token.Id), ("forget", TokenSoundness.Forgettable(token))) == 1;

    /// <summary>Forgets those, and the minted credentials that ended a day ago.</summary>
    public static async Task<int> Sweep(Tx tx, DateTimeOffset now) =>
        await tx.Execute(Forget, ("now", now)) + await tx.Execute(ForgetMinted, ("kind", Tokens.TokenKind.Minted), ("before", now.AddDays(-1)));
}
