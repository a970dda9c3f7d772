using Assay.Contracts;
using Assay.Server.Access.People.Personal;
using Assay.Server.Access.Tokens;
using Assay.Server.Http;
using Assay.Server.Identity;
using Assay.Server.Pages.Layout;
using Assay.Server.Retries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Pages.You;

/// <summary>The reader's own page.</summary>
/// <param name="Who">Who reads.</param>
/// <param name="Tokens">Their tokens that are in force, newest first.</param>
/// <param name="Made">A token that was just made; its secret is shown this once.</param>
/// <param name="Problem">Why the last try failed.</param>
public sealed record YouView(Principal Who, IReadOnlyList<Token> Tokens, IssuedToken? Made, Refusal? Problem);

/// <summary>Who one is here, what one may, and the tokens that one has.</summary>
internal static class YouPages
{
    internal static void MapYou(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/you", Show).Allows(Permission.Known, On.Nothing);
        pages.MapPost("/you/tokens", Make).Allows(Permission.Known, On.Nothing).KeepsNoAnswer();
        pages.MapPost("/you/tokens/{id}/revocation", Revoke).Allows(Permission.Known, On.Nothing);
    }

    internal static Task<IResult> Show(Caller caller, PersonalTokens tokens, TimeProvider time, CancellationToken ct) => Page(caller, tokens, time, null, null, ct);

    internal static async Task<IResult> Make(HttpContext context, Caller caller, PersonalTokens tokens, TimeProvider time, CancellationToken ct)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(ct) : FormCollection.Empty;
        var made = await tokens.Make(caller.Principal, form["name"], form["expires"].ToString() is { Length: > 0 } expires ? expires : null, [.. form["scopes"].OfType<string>()], ct);
        var page = await Page(caller, tokens, time, made.Ok ? made.Value : null, made.Refusal, ct);
        context.Response.Headers.CacheControl = "no-store";
        return page;
    }

    internal static async Task<IResult> Revoke(string id, Caller caller, PersonalTokens tokens, TimeProvider time, CancellationToken ct) =>
        await tokens.Revoke(caller.Principal, id, anyones: false, ct) is { Ok: false } refused ? await Page(caller, tokens, time, null, refused.Refusal, ct) : Results.LocalRedirect("/you");

    static async Task<IResult> Page(Caller caller, PersonalTokens tokens, TimeProvider time, IssuedToken? made, Refusal? problem, CancellationToken ct)
    {
        var mine = (await tokens.Of(caller.Principal.ToString(), ct)).Where(t => t.RevokedAt is null && t.ExpiresAt > time.GetUtcNow());
        return Drawn.As<YouPage>(new YouView(caller.Principal, [.. mine], made, problem), problem is null ? StatusCodes.Status200OK : Refused.StatusOf(problem.Kind));
    }
}
