using System.Globalization;
using Assay.Server.Capture;
using Assay.Server.Identity;
using Assay.Server.Pages.Errors;
using Assay.Server.Pages.Layout;
using Assay.Server.Pages.Parts;
using Assay.Server.Registry;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Pages.Version;

/// <summary>One version, and the way to it by digest.</summary>
internal static class VersionPages
{
    internal static async Task<IResult> Show(string model, string version, HttpContext context, Store store, Versions versions, VersionStory story, CaptureDesk desk, CancellationToken ct)
    {
        var now = Visit.Of(context).Now;
        var found = await store.Read(tx => versions.Find(tx, model, version), ct);
        if (!found.Ok)
            return Drawn.As<ErrorPage>(ErrorView.Refused(found.Refusal!, ($"{model}, all versions", Addresses.Model(model)), ("Overview of all models", "/")), StatusCodes.Status404NotFound);
        var one = found.Value;
        if (version != one.Number.ToString(CultureInfo.InvariantCulture))
            return Results.LocalRedirect(Addresses.Version(one.Model, one.Number));
        // What a sealed run had is fixed; of a rejected one the items are asked anew, so that the page agrees with the next submit.
        var check = one.RunId is { } run ? await desk.Check(run, one.Model, null, ct) : default;
        var view = await store.Read(tx => story.Of(tx, one, now), ct);
        return Drawn.As<VersionPage>(check is { Ok: true, Value: { } checkedRun } ? view with { Present = [.. checkedRun.Items.Where(item => item.Present).Select(item => item.Item)] } : view);
    }

    internal static async Task<IResult> ByDigest(string digest, Caller caller, Store store, Versions versions, CancellationToken ct)
    {
        var found = await store.Read(tx => versions.Find(tx, digest), ct);
        if (found.Ok && await caller.Must(Permission.Read, Touched.Model(found.Value.Model) with { Asked = $"the version {digest}" }, ct) is { } hidden)
            return Drawn.As<ErrorPage>(ErrorView.Refused(hidden), StatusCodes.Status403Forbidden);
        return found.Ok ? Results.LocalRedirect(Addresses.Version(found.Value.Model, found.Value.Number))
            : Drawn.As<ErrorPage>(ErrorView.Refused(found.Refusal!), StatusCodes.Status404NotFound);
    }
}
