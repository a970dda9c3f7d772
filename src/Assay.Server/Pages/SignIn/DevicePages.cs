using Assay.Contracts;
using Assay.Server.Access.People;
using Assay.Server.Access.People.Devices;
using Assay.Server.Http;
using Assay.Server.Identity;
using Assay.Server.Pages.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Pages.SignIn;

/// <summary>What the page for confirming a program says.</summary>
/// <param name="Code">What was typed, or stands in the address.</param>
/// <param name="Device">What waits under it.</param>
/// <param name="Who">Whom it would act as.</param>
/// <param name="Problem">Why it cannot be.</param>
/// <param name="Done">What was answered; null before.</param>
public sealed record DeviceView(string Code, DeviceFacts? Device, string Who, Refusal? Problem, bool? Done);

/// <summary>Where a person confirms that a program in a terminal may act for them.</summary>
internal static class DevicePages
{
    internal static void MapDevice(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/device", Show).Allows(Permission.Known, On.Nothing);
        pages.MapPost("/device", Answer).Allows(Permission.Known, On.Nothing);
    }

    internal static async Task<IResult> Show(HttpContext context, Caller caller, DeviceDesk desk, CancellationToken ct)
    {
        var code = DeviceDesk.Shown(context.Request.Query["code"].ToString());
        if (code.Length == 0)
            return Page(new("", null, caller.Principal.Id, null, null));
        var found = await desk.Find(caller.Principal, code, ct);
        return Page(new(code, found.Ok ? found.Value.Facts : null, caller.Principal.Id, found.Refusal, null));
    }

    internal static async Task<IResult> Answer(HttpContext context, Caller caller, DeviceDesk desk, CancellationToken ct)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(ct) : FormCollection.Empty;
        var (code, yes) = (form["code"].ToString(), form["answer"] == "yes");
        var answered = await desk.Answer(caller.Principal, code, yes, ct);
        return Page(new(code, null, caller.Principal.Id, answered.Refusal, answered.Ok ? yes : null));
    }

    static IResult Page(DeviceView view) => Drawn.As<DevicePage>(view, view.Problem is { } problem ? Refused.StatusOf(problem.Kind) : StatusCodes.Status200OK);
}
