using Assay.Contracts;
using Assay.Server.Access.People;
using Assay.Server.Access.People.Sessions;
using Assay.Server.Access.People.SigningIn;
using Assay.Server.Access.Policy;
using Assay.Server.Http;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Pages.Layout;
using Assay.Server.Retries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Pages.SignIn;

/// <summary>What the page for signing in says.</summary>
/// <param name="Return">Where the reader was on the way to; a path of ours.</param>
/// <param name="Provider">The host of the sign-in service; null when there is none.</param>
/// <param name="Local">Does nobody sign in here at all?</param>
/// <param name="Problem">Why the last try failed.</param>
public sealed record SignInView(string Return, string? Provider, bool Local, Refusal? Problem);

/// <summary>Signing in with a browser, and out again.</summary>
internal static class SignInPages
{
    internal static void MapSignIn(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/signin", Show).Open();
        pages.MapGet("/signin/start", Start).Open();
        pages.MapGet(SignInDesk.Callback, Arrive).Open();
        pages.MapPost("/signin/token", WithToken).Open().KeepsNoAnswer();
        pages.MapPost("/signout", Leave).Allows(Permission.Known, On.Nothing).KeepsNoAnswer();
    }

    internal static IResult Show(HttpContext context, AccessBook book) =>
        context.Features.Get<SignedIn>() is null ? Page(context, book.Current, null) : Results.LocalRedirect(Wanted(context));

    internal static async Task<IResult> Start(HttpContext context, AccessBook book, SignInDesk desk, RefusalCounter counter, CancellationToken ct)
    {
        if (book.Current is not { } policy)
            return Page(context, null, null);
        // The cookie must be of the host to which the provider sends people back.
        var home = PublicAddress.Of(policy, context.Request);
        if (!string.Equals(new Uri(home).Authority, new Uri($"{new Uri(home).Scheme}://{context.Request.Host}").Authority, StringComparison.OrdinalIgnoreCase))
            return Results.Redirect($"{home}/signin/start?return={Uri.EscapeDataString(Wanted(context))}");
        var begun = await desk.Begin(home, Wanted(context), ct);
        if (!begun.Ok)
            return Failed(context, policy, counter, begun.Refusal!);
        SessionCookie.Trip.Give(context.Response, policy, begun.Value.Secret, SignInDesk.Patience);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Redirect(begun.Value.Address);
    }

    internal static async Task<IResult> Arrive(HttpContext context, Caller caller, AccessBook book, SignInDesk desk, RefusalCounter counter, CancellationToken ct)
    {
        if (book.Current is not { } policy)
            return Page(context, null, null);
        var query = context.Request.Query;
        var arrived = await desk.Complete(PublicAddress.Of(policy, context.Request), SessionCookie.Trip.Read(context.Request, policy), new(query["code"], query["state"], query["error"], query["iss"]), ct);
        if (!arrived.Ok)
            return Failed(context, policy, counter, arrived.Refusal!);
        SessionCookie.Trip.Take(context.Response, policy);
        // A session that this browser had before ends here, whoever's it was.
        if (context.Features.Get<SignedIn>() is { } before)
            await desk.Leave(caller.Principal, before.Session, ct);
        return Enter(context, policy, arrived.Value.Session, arrived.Value.Return);
    }

    internal static async Task<IResult> WithToken(HttpContext context, AccessBook book, SignInDesk desk, RefusalCounter counter, CancellationToken ct)
    {
        if (book.Current is not { } policy)
            return Page(context, null, null);
        if (!PublicAddress.IsAskedByOurPage(policy, context.Request) || !context.Request.HasFormContentType)
            return Failed(context, policy, counter, DoorRefusal.Invalid("The form was not sent from this server's own page.", "Open /signin here and paste the token there."));
        var form = await context.Request.ReadFormAsync(ct);
        var begun = await desk.With(form["token"].ToString(), ct);
        return begun.Ok ? Enter(context, policy, begun.Value, form["return"]) : Failed(context, policy, counter, begun.Refusal!);
    }

    internal static async Task<IResult> Leave(HttpContext context, Caller caller, AccessBook book, SignInDesk desk, CancellationToken ct)
    {
        if (context.Features.Get<SignedIn>() is { } signedIn)
            await desk.Leave(caller.Principal, signedIn.Session, ct);
        if (book.Current is { } policy)
            SessionCookie.Session.Take(context.Response, policy);
        return Results.LocalRedirect("/signin");
    }

    static IResult Enter(HttpContext context, AccessPolicy policy, string session, string? wanted)
    {
        SessionCookie.Session.Give(context.Response, policy, session);
        context.Response.Headers.CacheControl = "no-store";
        return Results.LocalRedirect(PublicAddress.Local(wanted));
    }

    static IResult Failed(HttpContext context, AccessPolicy policy, RefusalCounter counter, Refusal refusal)
    {
        counter.Count(context.Connection.RemoteIpAddress?.ToString() ?? "", LedgerActions.PersonSignedIn, refusal.Code);
        return Page(context, policy, refusal);
    }

    static IResult Page(HttpContext context, AccessPolicy? policy, Refusal? problem) =>
        Drawn.As<SignInPage>(new SignInView(Wanted(context), policy?.SignIn is { } signIn ? new Uri(signIn.Issuer).Host : null, policy is null, problem),
            problem is null ? StatusCodes.Status200OK : DoorRefusal.IsUnknown(problem) ? StatusCodes.Status401Unauthorized : Refused.StatusOf(problem.Kind));

    static string Wanted(HttpContext context) => PublicAddress.Local(context.Request.Query["return"]);
}
