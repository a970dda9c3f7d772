using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Access.Exchange;

/// <summary>
/// Why an identity token is not exchanged, as RFC 6749 has it. What stands in it, the caller knows or everybody may: what the access policy says is told
/// only to who has proven the immutable ids of one of its rules.
/// </summary>
/// <param name="Error">The word of RFC 6749.</param>
/// <param name="Code">Ours, finer: for the record, where refusals are counted or stand one by one.</param>
/// <param name="Description">For people.</param>
sealed record ExchangeRefusal(string Error, string Code, string Description) : IResult, IStatusCodeHttpResult
{
    // Sent as JSON and never as HTML: people read it, so quotes stay quotes.
    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    const string InvalidGrant = "invalid_grant";

    /// <summary>400, but for what is wrong with us.</summary>
    public int? StatusCode { get; private init; } = StatusCodes.Status400BadRequest;

    public static ExchangeRefusal Request(string what) => new("invalid_request", "malformed", what);

    public static ExchangeRefusal LocalMode() => Request("This server runs in local mode and needs no identity tokens: leave the credential out. An access policy (--access) ends local mode.");

    public static ExchangeRefusal GrantType() => new("unsupported_grant_type", "grant-type", $"grant_type is not {ExchangeRequest.Grant}.");

    public static ExchangeRefusal NoScope() => new("invalid_scope", "no-scope", "scope is not one of log:EXPERIMENT, submit:MODEL, attest:KIND:MODEL, report:ENVIRONMENT: one action about one thing, without '*'.");

    /// <summary>Something about the token itself, which its bearer can read as well as we.</summary>
    public static ExchangeRefusal Token(string code, string what) => new(InvalidGrant, code, $"The identity token is not accepted: {what}");

    public static ExchangeRefusal Unsigned() => Token("bad-signature", "its signature fits no key of its issuer.");

    public static ExchangeRefusal NoKeys() => new("temporarily_unavailable", "no-keys", "The keys of the token's issuer cannot be had now: try again in half a minute.") { StatusCode = StatusCodes.Status503ServiceUnavailable };

    /// <summary>Well signed, by an issuer of ours, for somebody that no rule is for.</summary>
    public static ExchangeRefusal Stranger() => new(InvalidGrant, "no-rule", "No rule of the access policy is for this workload: rules go by immutable ids (owner and repository, namespace and project, service account), not by names.");

    public static ExchangeRefusal Misfit(string rule, string why) => new(InvalidGrant, "rule-misfit", $"The workload rule '{rule}' does not let this token in: {why}.");

    public static ExchangeRefusal Replayed() => new(InvalidGrant, "replayed", "This identity token was exchanged before; each is good for one exchange: ask the CI for another.");

    public static ExchangeRefusal NotGranted(string scope, IEnumerable<string> rules) => new("invalid_scope", "not-granted", $"'{scope}' is not granted by the workload rule {string.Join(" or ", rules.Select(r => $"'{r}'"))}.");

    /// <summary>Something about a credential that shall be renewed.</summary>
    public static ExchangeRefusal Renewal(string code, string what) => new(InvalidGrant, code, $"The credential is not renewed: {what}");

    public static ExchangeRefusal Unknown() => Renewal("unknown-credential", "it is none that this server gave to a job, or it ended long ago.");

    public static ExchangeRefusal Ended() => Renewal("credential-ended", "it has ended, was revoked, or its rule was changed; exchange an identity token for another.");

    public static ExchangeRefusal NotRenewable() => Renewal("not-renewable", "the identity token behind it has ended, or its rule allows no more (renew); exchange another identity token.");

    public static ExchangeRefusal RenewedBefore() => Renewal("renewed-before", "each is renewed once, and this one was. Two hold what one should, so all that came of its identity token are revoked.");

    public static ExchangeRefusal OtherScope(string scope) => new("invalid_scope", "other-scope", $"The credential is for '{scope}', and so is what it is renewed into.");

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCode ?? StatusCodes.Status400BadRequest;
        httpContext.Response.ContentType = "application/json";
        httpContext.Response.Headers.CacheControl = "no-store";
        return httpContext.Response.WriteAsync(new JsonObject { ["error"] = Error, ["error_description"] = Plain(Description), ["code"] = Code }.ToJsonString(Json));
    }

    /// <summary>The letters that RFC 6749 (5.2) allows in a description, and not too many.</summary>
    static string Plain(string text) => string.Concat(text.Take(1000).Select(c => c is >= ' ' and <= '~' and not ('"' or '\\') ? c : '?'));
}
