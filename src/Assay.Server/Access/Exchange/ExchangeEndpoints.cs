using System.Text.Json.Serialization;
using Assay.Server.Access.Policy;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Retries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Access.Exchange;

/// <summary>At the root: identity tokens for credentials of ours, and what a client must know to ask for one.</summary>
internal static class ExchangeEndpoints
{
    public static void MapExchange(this IEndpointRouteBuilder app)
    {
        var oidc = app.MapGroup("/oidc").WithTags("Identity");
        // The identity token is the credential.
        oidc.MapPost("/exchange", Exchange).Accepts<ExchangeForm>("application/x-www-form-urlencoded", "application/json").Open().KeepsNoAnswer();
        oidc.MapGet("/configuration", Configuration).Open();
    }

    /// <summary>Exchanges an identity token of CI for a credential of ten minutes (RFC 8693): one action about one thing. A credential itself is exchanged once for the next one, while the identity token that it began with would be valid. Refusals are RFC 6749's.</summary>
    internal static async Task<Results<Ok<ExchangeAnswer>, ExchangeRefusal>> Exchange(HttpContext context, TokenExchange exchange, TokenRenewal renewal, RefusalCounter counter, CancellationToken ct)
    {
        var (request, refusal) = await ExchangeRequest.Read(context.Request, ct);
        var (minted, why, recorded) = request is null ? (null, refusal, false) : request.Renews ? await renewal.Renew(request, ct) : await exchange.Exchange(request, ct);
        if (minted is null)
        {
            // Everybody can send tokens here: what no rule knows is counted, so that nobody can grow the ledger from outside.
            if (!recorded)
                counter.Count(context.Connection.RemoteIpAddress?.ToString() ?? "", LedgerActions.TokenExchanged, why!.Code);
            return why!;
        }
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new ExchangeAnswer(minted.Secret, ExchangeRequest.AccessToken, "Bearer", (int)minted.Lifetime.TotalSeconds, minted.Scope) { RenewableFor = minted.Renewable > minted.Lifetime ? (int)minted.Renewable.TotalSeconds : null });
    }

    /// <summary>What a client must know before it has a credential: our audience, whose identity tokens are taken, and whether people can sign in.</summary>
    internal static async Task<Ok<OidcConfiguration>> Configuration(AccessBook book, CancellationToken ct)
    {
        await book.Look(ct);
        return TypedResults.Ok(book.Current is { } policy
            ? new OidcConfiguration(true, policy.Audience.OriginalString, [.. policy.Issuers.Select(i => i.Issuer)], policy.SignIn is not null)
            : new OidcConfiguration(false, null, [], false));
    }
}

/// <summary>The fields of an exchange, for the API's description.</summary>
sealed record ExchangeForm(
    [property: JsonPropertyName("grant_type")] string GrantType,
    [property: JsonPropertyName("subject_token")] string SubjectToken,
    [property: JsonPropertyName("subject_token_type")] string SubjectTokenType,
    [property: JsonPropertyName("scope")] string Scope,
    [property: JsonPropertyName("nonce")] string? Nonce = null);

/// <summary>A minted credential on the wire; shown once.</summary>
sealed record ExchangeAnswer(string AccessToken, string IssuedTokenType, string TokenType, int ExpiresIn, string Scope)
{
    /// <summary>For how many seconds it, and what it is renewed into, may be renewed; absent when that would not make it last longer.</summary>
    public int? RenewableFor { get; init; }
}

/// <summary>How callers become known here.</summary>
/// <param name="Identity">False: local mode, nobody needs a credential.</param>
/// <param name="Audience">What an identity token must be made for.</param>
/// <param name="Issuers">Whose identity tokens are taken.</param>
/// <param name="SignIn">Can people sign in?</param>
sealed record OidcConfiguration(bool Identity, string? Audience, IReadOnlyList<string> Issuers, bool SignIn);
