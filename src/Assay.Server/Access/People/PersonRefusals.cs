using Assay.Contracts;

namespace Assay.Server.Access.People;

/// <summary>What signing in, sessions and personal tokens can refuse.</summary>
static class PersonRefusals
{
    const string Again = "Begin again at /signin.";

    public static Refusal NoSignIn() => new(RefusalKind.NotFound, "no-sign-in", "The access policy names no sign_in, so there is no provider at which people sign in.",
        "An administrator adds sign_in: {issuer, client_id, client_secret_file} to the access policy (assay access apply).", "sign_in");

    public static Refusal ProviderUnreachable(string issuer, string why) => new(RefusalKind.Unavailable, "sign-in-unreachable", $"The sign-in service {issuer} does not answer as it should: {why}",
        "Try again in a minute; whoever runs the registry checks sign_in in the access policy and the way to that address. A personal token still works.", "sign_in.issuer");

    public static Refusal ProviderRefused(string code) => new(RefusalKind.Forbidden, "sign-in-refused", $"The sign-in service refused: {code}.", Again, "error");

    public static Refusal StrangeTrip() => new(RefusalKind.Forbidden, "sign-in-state", "This sign-in was not begun in this browser, was finished before, or took longer than ten minutes.", Again, "state");

    public static Refusal BadIdToken(string why) => new(RefusalKind.Forbidden, "sign-in-token", $"What the sign-in service says of you cannot be believed: {why}.",
        $"{Again} If it stays so, whoever runs the registry checks sign_in in the access policy.", "id_token");

    public static Refusal SecretUnreadable(string file) => new(RefusalKind.Unavailable, "sign-in-secret", $"The client's secret cannot be read from {file} on the server.",
        "Whoever runs the registry makes the file of sign_in.client_secret_file readable for the server.", "sign_in.client_secret_file");

    public static Refusal NoOrigin() => new(RefusalKind.Forbidden, "origin-missing", "A browser's session came with the request, but neither an Origin nor a Sec-Fetch-Site header that says from which page.",
        "Use this server's own pages; programs send a personal token instead of a cookie.", "Origin");

    public static Refusal NoPerson() => new(RefusalKind.Forbidden, "not-a-person", "Personal tokens are for people who signed in.", "Sign in at /signin or with assay login; CI gets its credentials by assay login --oidc.");

    public static Refusal BadName() => new(RefusalKind.Invalid, "bad-token-name", "A token's name is 1 to 100 characters, without control characters.", "Say what it is for, such as laptop.", "name");

    public static Refusal BadLifetime(string text) => new(RefusalKind.Invalid, "bad-expiry", $"expires is '{text}'; a personal token lives from 1h to 90d.", "Give a duration such as 12h or 30d (the default).", "expires");

    public static Refusal BadScope(string role, IEnumerable<string> held) => new(RefusalKind.Invalid, "bad-scope", $"'{role}' is no role that you hold.",
        held.Any() ? $"Scopes are among: {string.Join(", ", held)}." : "You hold no role: an administrator can grant one in the access policy.", "scopes");

    public static Refusal NoWidening() => new(RefusalKind.Forbidden, "no-widening", "A token that was scoped down makes no further ones.", "Sign in at /signin or with assay login, and make it there.");

    public static Refusal OutlivesParent(DateTimeOffset end) => new(RefusalKind.Forbidden, "no-widening", $"A token that is made with a token ends no later than that one, {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC.",
        "Give a shorter time, or sign in at /signin or with assay login and make it there.", "expires");

    public static Refusal TooMany(int most) => new(RefusalKind.Conflict, "too-many-tokens", $"You have {most} tokens that are in force.", "Revoke those that are no longer used, on your page (/you) or with DELETE /api/assay/v1/tokens/ID.");

    public static Refusal NoToken(string id) => new(RefusalKind.NotFound, "no-such-token", $"You have no token {id}.", "GET /api/assay/v1/tokens lists yours.", "id");

    public static Refusal NobodyCalled(string id) => new(RefusalKind.NotFound, "no-such-person", $"Nobody called '{id}' signed in here.", "GET /api/assay/v1/people lists who did.", "id");

    public static Refusal NotFirst() => new(RefusalKind.Forbidden, "no-credential", "The token for the first administrator is not valid: it is unknown, was used, or is older than an hour.",
        "The server writes a new one when it starts, as long as nobody is administrator; its path is printed then.", "Authorization");

    public static Refusal BadPerson() => new(RefusalKind.Invalid, "bad-person", "name is 1 to 200 characters without spaces or control characters.",
        "Give the id by which the sign-in provider will know the person (the claim sign_in.id_claim).", "name");

    public static Refusal NoDevice() => new(RefusalKind.NotFound, "no-such-code", "No program waits under this code: it was mistyped, used, or is older than ten minutes.", "Run assay login again and type the code that it shows.", "user_code");

    public static Refusal TooManyGuesses() => new(RefusalKind.Forbidden, "too-many-guesses", "Too many wrong codes in ten minutes.", "Wait ten minutes, run assay login again and type the code that it shows.", "user_code");
}
