using Assay.Contracts;
using Assay.Server.Access.Tokens;
using Assay.Server.Http;
using Assay.Server.Identity;
using Assay.Server.Retries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Access.People.Personal;

internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder api)
    {
        var tokens = api.MapGroup("/tokens").WithTags("Identity");
        tokens.MapPost("/", Make).Allows(Permission.Known, On.Nothing).KeepsNoAnswer();
        tokens.MapGet("/", Mine).Allows(Permission.Known, On.Nothing);
        tokens.MapDelete("/{id}", Revoke).Allows(Permission.Known, On.Nothing);
    }

    /// <summary>Makes a personal token, for MLflow's clients and ours: Bearer, or the password of Basic. Its secret is shown this once. It may what its scopes say (roles that you hold), by default all that you may, and ends after 1h to 90d.</summary>
    internal static async Task<Results<Created<NewTokenAnswer>, Refused>> Make(NewTokenRequest request, Caller caller, PersonalTokens tokens, CancellationToken ct) =>
        await tokens.Make(caller.Principal, request.Name, request.Expires, request.Scopes ?? [], ct) is var made && made.Ok
            ? TypedResults.Created($"/api/assay/v1/tokens/{made.Value.Token.Id}", NewTokenAnswer.Of(made.Value))
            : new Refused(made.Refusal!);

    /// <summary>Your personal tokens, newest first, without their secrets; an administrator may ask for those of another person.</summary>
    internal static async Task<Results<Ok<TokenList>, Refused>> Mine(Caller caller, PersonalTokens tokens, CancellationToken ct, string? person = null)
    {
        if (person is not null && await caller.Must(Permission.Administer, Touched.Everything, ct) is { } refusal)
            return new Refused(refusal);
        return TypedResults.Ok(new TokenList([.. (await tokens.Of(person is null ? caller.Principal.ToString() : $"person:{person}", ct)).Select(TokenView.Of)]));
    }

    /// <summary>Revokes a token of yours, at once and everywhere; an administrator may revoke anybody's. One of a CI job ends with all that it was renewed into.</summary>
    internal static async Task<Results<NoContent, Refused>> Revoke(string id, Caller caller, PersonalTokens tokens, CancellationToken ct) =>
        await tokens.Revoke(caller.Principal, id, caller.Principal.May(Permission.Administer, Scope.Everything), ct) is { Ok: false } refused ? new Refused(refused.Refusal!) : TypedResults.NoContent();
}

/// <summary>What a new token is to be.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Expires">A duration from 1h to 90d; 30d unless said.</param>
/// <param name="Scopes">Roles that you hold; all unless said.</param>
internal sealed record NewTokenRequest(string? Name, string? Expires = null, IReadOnlyList<string>? Scopes = null);

/// <summary>A token without its secret.</summary>
internal sealed record TokenView(string Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? UsedAt)
{
    public static TokenView Of(Token t) => new(t.Id, t.Name, t.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries), t.CreatedAt, t.ExpiresAt, t.RevokedAt, t.UsedAt);
}

/// <summary>Somebody's tokens.</summary>
internal sealed record TokenList(IReadOnlyList<TokenView> Tokens);

/// <summary>A new token with its secret, shown this once.</summary>
internal sealed record NewTokenAnswer(string Id, string Name, string Token, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt)
{
    public static NewTokenAnswer Of(IssuedToken issued)
    {
        var view = TokenView.Of(issued.Token);
        return new(view.Id, view.Name, issued.Secret, view.Scopes, view.ExpiresAt);
    }
}
