using System.Globalization;
using Assay.Contracts;
using Assay.Server.Access.Tokens;
using Assay.Server.Identity;

namespace Assay.Server.Access;

/// <summary>Why a credential that came is not valid, and what to do. Whoever shows a whole secret holds it, and may hear what became of it; of others nothing is said.</summary>
static class CredentialRefusals
{
    const string Anew = "Make another on your page (/you) or with assay login, and set MLFLOW_TRACKING_TOKEN (or MLFLOW_TRACKING_PASSWORD) to it.";
    const string Exchange = "Exchange an identity token of the job again: assay run -- COMMAND does so by itself, assay login --oidc for single calls.";

    /// <summary>Nothing in the header can be one of our secrets.</summary>
    public static Refusal Strange(ShownCredential shown) => shown switch
    {
        { InUserName: true } => DoorRefusal.Invalid("The token stands in the user's name (MLFLOW_TRACKING_USERNAME).", "Set MLFLOW_TRACKING_PASSWORD to it; the user's name can be anything."),
        { Secret: [var first and ('"' or '\''), ..] } => DoorRefusal.Invalid($"The token begins with a quotation mark ({first}).", "Set MLFLOW_TRACKING_TOKEN to the token alone, without marks around it."),
        { Secret: null } => DoorRefusal.Invalid("The header Authorization can not be read.", "Send Bearer TOKEN, or Basic with the token as the password."),
        _ when TokenSecret.LooksOurs(shown.Secret) => DoorRefusal.Invalid("The token is not known here: it was mistyped or cut off, is another registry's, or ended long ago.", Anew),
        _ => DoorRefusal.Invalid($"What came is no token of this registry: people's begin with {TokenSecret.Personal}, those of CI jobs with {TokenSecret.Minted}. Passwords are not taken.", Anew),
    };

    /// <summary>It was one of ours.</summary>
    public static Refusal Ended(Token token) => token switch
    {
        { RevokedAt: { } at } => DoorRefusal.Invalid($"{Named(token)} was revoked at {Minute(at)}.", Mend(token)),
        _ => DoorRefusal.Invalid($"{Named(token)} ended at {Minute(token.ExpiresAt)}.", Mend(token)),
    };

    /// <summary>It is in force, but what it rests on is not there any more.</summary>
    public static Refusal Groundless(Token token) => token.Kind is TokenKind.Minted
        ? DoorRefusal.Invalid($"The workload rule '{token.Name}' was changed or taken out after this credential was given.", Exchange)
        : DoorRefusal.Invalid($"{Named(token)} is of somebody who is not known here any more.", "Sign in again at /signin, and make another there.");

    static string Named(Token token) => token.Kind is TokenKind.Minted ? $"The credential of the job ({token.Scope})" : $"The token '{token.Name}'";

    static string Mend(Token token) => token.Kind is TokenKind.Minted ? Exchange : Anew;

    static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
