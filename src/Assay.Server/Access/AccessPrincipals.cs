using System.Net.Http.Headers;
using System.Text;
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
        if (Secret(header) is not { } secret)
            return DoorRefusal.Invalid();
        // Whoever holds the first administrator's token is nobody yet; the one route that takes it reads it itself.
        if (secret.StartsWith(TokenSecret.FirstAdmin, StringComparison.Ordinal))
            return Principal.Anonymous;
        return await tokens.Find(secret, context.RequestAborted) is var (token, revision) && await book.At(revision, context.RequestAborted) is { } policy
            && await Behind(token, policy, context.RequestAborted) is { } principal ? principal : DoorRefusal.Invalid();
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

    /// <summary>Bearer, or the password of Basic (MLflow's clients send either; the user's name says nothing).</summary>
    internal static string? Secret(string header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var value) || value.Parameter is not { Length: > 0 } parameter)
            return null;
        if (value.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return parameter;
        if (!value.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(parameter));
            return pair.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? pair[(colon + 1)..] : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
