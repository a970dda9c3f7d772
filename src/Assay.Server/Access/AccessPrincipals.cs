using Assay.Contracts;
using Assay.Server.Access.People;
using Assay.Server.Access.Policy;
using Assay.Server.Access.Tokens;
using Assay.Server.Identity;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Access;

/// <summary>Who is behind a request: the credential is looked up in the database each time, so that what was taken back anywhere is taken back here.</summary>
public sealed class AccessPrincipals(AccessBook book, TokenBook tokens, PersonPrincipals persons) : IPrincipals
{
    /// <inheritdoc/>
    public bool Configured => book.Current is not null;

    /// <inheritdoc/>
    public bool Knows(string host) => book.Current is { } policy && string.Equals(policy.Audience.Host, host, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public async Task<Result<Principal>> Of(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return await persons.ByCookie(context);
        var shown = ShownCredential.Of(header);
        // Whoever holds the first administrator's token is nobody yet; the one route that takes it reads it itself.
        if (shown.Secret?.StartsWith(TokenSecret.FirstAdmin, StringComparison.Ordinal) == true)
            return Principal.Anonymous;
        if (shown.Secret is not { } secret || await tokens.Known(secret, context.RequestAborted) is not var (token, revision))
            return CredentialRefusals.Strange(shown);
        // Whose rule was changed was revoked for it: the change is what its holder must know.
        if (!tokens.InForce(token))
            return token is { Kind: TokenKind.Minted, RevokedAt: not null } && await book.At(revision, context.RequestAborted) is { } now && Minted(token, now) is null
                ? CredentialRefusals.Groundless(token) : CredentialRefusals.Ended(token);
        return await book.At(revision, context.RequestAborted) is { } policy && await Behind(token, policy, context.RequestAborted) is { } principal ? principal : CredentialRefusals.Groundless(token);
    }

    async Task<Principal?> Behind(Token token, AccessPolicy policy, CancellationToken ct)
    {
        if (token.Kind is TokenKind.Minted)
            return Minted(token, policy);
        await tokens.Used(token);
        return await persons.ByToken(token, policy, ct);
    }

    /// <summary>A minted credential lives as long as the rule it rests on stands unchanged; it looks where the rule may, and does its one thing.</summary>
    static Principal? Minted(Token token, AccessPolicy policy) =>
        policy.Workload(token.Name) is { } rule && rule.Digest.ToString() == token.RuleDigest && TokenScope.Parse(token.Scope) is { } scope
            ? Principal.Proven(rule.Kind, rule.Name, [scope.Granted, .. policy.Bound(rule.May).Select(g => g with { LookOnly = true })], $"token:{token.Id}", token.Job)
            : null;
}
