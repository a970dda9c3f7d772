using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Documents;
using Assay.Server.Access.Tokens;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Access.People.Personal;

/// <summary>A new personal token; <see cref="Secret"/> is shown this once.</summary>
public sealed record IssuedToken(string Secret, Token Token);

/// <summary>Personal tokens: a person makes them, for no more than the person may, and takes them back.</summary>
public sealed class PersonalTokens(Store store, TokenBook tokens, LedgerWriter ledger, LedgerTexts texts, TimeProvider time)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromHours(1), Longest = TimeSpan.FromDays(90), Usual = TimeSpan.FromDays(30);

    /// <summary>How many one person may have in force.</summary>
    public const int Most = 100;

    /// <summary>Makes one for the caller. <paramref name="expires"/> is a duration; <paramref name="scopes"/> are roles that the caller holds, none for all.</summary>
    public async Task<Result<IssuedToken>> Make(Principal who, string? name, string? expires, IReadOnlyList<string> scopes, CancellationToken ct)
    {
        if (who.Kind is not PrincipalKind.Person)
            return PersonRefusals.NoPerson();
        if (name is null || name.Trim().Length is 0 or > 100 || name.Any(char.IsControl))
            return PersonRefusals.BadName();
        var lifetime = Usual;
        if (expires is not null && !Durations.TryParse(expires, out lifetime) || lifetime < Shortest || lifetime > Longest)
            return PersonRefusals.BadLifetime(expires ?? "");
        if (scopes.FirstOrDefault(s => !who.Holds(s)) is { } foreign)
            return PersonRefusals.BadScope(foreign, who.Roles);
        if (who.Credential is ['t', 'o', 'k', 'e', 'n', ':', .. var id] && await tokens.One(id, ct) is { } parent)
        {
            if (parent.Scope.Length > 0)
                return PersonRefusals.NoWidening();
            // A stolen token must not make itself a longer life.
            if (time.GetUtcNow() + lifetime > parent.ExpiresAt)
            {
                if (expires is not null || parent.ExpiresAt - time.GetUtcNow() < Shortest)
                    return PersonRefusals.OutlivesParent(parent.ExpiresAt);
                lifetime = parent.ExpiresAt - time.GetUtcNow();
            }
        }
        return await store.Write(async Task<Result<IssuedToken>> (tx) =>
        {
            await tx.Lock("access", who.ToString());
            return await tokens.CountOf(tx, who.ToString()) >= Most ? PersonRefusals.TooMany(Most) : await Issue(tx, who, name.Trim(), lifetime, scopes);
        }, ct);
    }

    /// <summary>Makes one in the caller's unit, and records it: its id and a hash of its name, never its secret.</summary>
    public async Task<IssuedToken> Issue(Tx tx, Principal who, string name, TimeSpan lifetime, IReadOnlyList<string> scopes)
    {
        var (secret, token) = await tokens.Issue(tx, new(TokenKind.Personal, who.ToString(), name, string.Join(' ', scopes.Distinct(StringComparer.Ordinal)), lifetime));
        await ledger.Record(tx, who, LedgerActions.TokenIssued, new(), new JsonObject
        {
            ["id"] = token.Id,
            ["name"] = LedgerTexts.Told(await texts.Keep(tx, name)),
            ["expires"] = token.ExpiresAt.UtcDateTime.ToString("O"),
            ["scopes"] = new JsonArray([.. scopes.Select(s => JsonValue.Create(s))]),
        });
        return new(secret, token);
    }

    /// <summary>Somebody's tokens, newest first.</summary>
    public Task<List<Token>> Of(string principal, CancellationToken ct) => tokens.Of(principal, ct);

    /// <summary>Takes one back, at once and everywhere; one of a job with all that it was renewed into. <paramref name="anyones"/>: the caller may take back those of others.</summary>
    public async Task<Result<Done>> Revoke(Principal who, string id, bool anyones, CancellationToken ct) => await store.Write(async Task<Result<Done>> (tx) =>
    {
        // A job ends its own credentials, never those of another job of its rule.
        if (await tokens.One(tx, id) is not { } token || !anyones && (token.Principal != who.ToString() || token.Job != who.Job))
            return PersonRefusals.NoToken(id);
        if (await tokens.Revoke(tx, token))
            await ledger.Record(tx, who, LedgerActions.TokenRevoked, new(), new JsonObject { ["id"] = id, ["owner"] = token.Principal });
        return Done.Yes;
    }, ct);
}
