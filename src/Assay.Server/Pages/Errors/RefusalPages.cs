using Assay.Contracts;
using Assay.Server.Access.People;
using Assay.Server.Identity;
using Assay.Server.Pages.Layout;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Pages.Errors;

/// <summary>What the guard refuses, for people: whoever is unknown goes to sign in and comes back; whoever may not is told why, and who could change that.</summary>
sealed class RefusalPages(TimeProvider clock) : IRefusalPages
{
    public bool LeadsToSignIn(HttpContext context, Refusal refusal) => DoorRefusal.IsUnknown(refusal) && PageErrors.WantsPage(context.Request);

    public async Task<bool> Answer(HttpContext context, Refusal refusal)
    {
        var unknown = DoorRefusal.IsUnknown(refusal);
        if (LeadsToSignIn(context, refusal))
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Redirect($"/signin?return={Uri.EscapeDataString(PublicAddress.Local(context.Request.Path + context.Request.QueryString))}");
            return true;
        }
        if (!PageErrors.WantsPage(context.Request) && !IsForm(context.Request))
            return false;
        VisitFilter.Note(context, clock, clock.GetTimestamp());
        var view = ErrorView.Refused(refusal, unknown ? ("Sign in", "/signin") : ("Overview of all models", "/"));
        await Drawn.As<ErrorPage>(view, unknown ? StatusCodes.Status401Unauthorized : view.Status).ExecuteAsync(context);
        return true;
    }

    /// <summary>A form of one of our pages.</summary>
    static bool IsForm(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.HasFormContentType && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && !request.Path.StartsWithSegments("/ajax-api", StringComparison.Ordinal);
}
