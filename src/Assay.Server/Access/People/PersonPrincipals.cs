using Assay.Contracts;
using Assay.Server.Access.People.Sessions;
using Assay.Server.Access.Policy;
using Assay.Server.Access.Tokens;
using Assay.Server.Identity;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Access.People;

/// <summary>The person behind a personal token or a browser's session, with what the access policy in force grants at this moment.</summary>
public sealed class PersonPrincipals(AccessBook book, Persons persons, TokenBook tokens, SessionBook sessions)
{
    /// <summary>Who stands behind a personal token.</summary>
    public async Task<Principal?> ByToken(Token token, AccessPolicy policy, CancellationToken ct)
    {
        if (await persons.One(token.Principal["person:".Length..], ct) is not { } person)
            return null;
        var roles = token.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var grants = persons.GrantsOf(person, policy).Where(g => roles.Length == 0 || roles.Contains(g.Role));
        return Principal.Proven(PrincipalKind.Person, person.Id, [.. grants], $"token:{token.Id}");
    }

    /// <summary>Who stands behind a request without an Authorization header: whoever its cookie says, or nobody.</summary>
    public async Task<Result<Principal>> ByCookie(HttpContext context)
    {
        if (book.Current is not { } known || SessionCookie.Session.Read(context.Request, known) is not { } secret
            || await sessions.Find(secret, context.RequestAborted) is not var (session, revision)
            || await book.At(revision, context.RequestAborted) is not { } policy || await Behind(session, policy, context.RequestAborted) is not { } found)
            return Principal.Anonymous;
        if (!PublicAddress.IsAskedByOurPage(policy, context.Request))
            return PersonRefusals.NoOrigin();
        // What is open to everybody may be kept by caches between, which must not learn a cookie.
        if (context.GetEndpoint()?.Metadata.GetMetadata<Allowed>() is { Permission: not Permission.Public } && await sessions.Use(secret, session) is { } next)
            SessionCookie.Session.Give(context.Response, policy, next);
        context.Features.Set(new SignedIn(found.Name, session.Id));
        return found.Principal;
    }

    async Task<(Principal Principal, string Name)?> Behind(Session session, AccessPolicy policy, CancellationToken ct)
    {
        if (session.Holder.StartsWith("token:", StringComparison.Ordinal))
            return await tokens.One(session.Holder["token:".Length..], ct) is { } token && tokens.InForce(token) && await ByToken(token, policy, ct) is { } scoped ? (scoped, scoped.Id) : null;
        return await persons.One(session.Holder, ct) is { } person
            ? (Principal.Proven(PrincipalKind.Person, person.Id, [.. persons.GrantsOf(person, policy)], $"session:{session.Id}"), person.Name) : null;
    }
}
