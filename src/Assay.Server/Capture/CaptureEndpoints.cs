using Assay.Contracts;
using Assay.Server.Http;
using Assay.Server.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Capture;

internal static class CaptureEndpoints
{
    public static void MapCapture(this IEndpointRouteBuilder api)
    {
        api.MapGet("/runs/{id}/capture", Check).WithTags("Capture").Allows(Permission.Read, On.Run);
        api.MapPost("/runs/{id}/capture", CheckWith).WithTags("Capture").Allows(Permission.Read, On.Run);
        var profiles = api.MapGroup("/profiles").WithTags("Capture");
        profiles.MapGet("/", All).Allows(Permission.Known, On.Nothing);
        profiles.MapGet("/{name}", One).Allows(Permission.Known, On.Nothing);
        profiles.MapPut("/{name}", Apply).Allows(Permission.Operate, On.Everything);
    }

    /// <summary>What a run lacks to become a version of a model, as the profile in force for it sees it. Changes nothing.</summary>
    internal static Task<Results<Ok<CaptureCheck>, Refused>> Check(string id, CaptureDesk desk, CancellationToken ct, string model = "") => desk.Check(id, model, null, ct).Ok();

    /// <summary>The same with the profile in the body (YAML), whether applied or not.</summary>
    internal static async Task<Results<Ok<CaptureCheck>, Refused>> CheckWith(string id, HttpRequest request, CaptureDesk desk, CancellationToken ct, string model = "")
    {
        var profile = CaptureProfile.Read(await YamlBody.Read(request, ct), "request body");
        return profile.Ok ? await desk.Check(id, model, profile.Value, ct).Ok() : new Refused(profile.Refusal!);
    }

    /// <summary>The capture profiles in force; the built-in <c>standard</c> is among them.</summary>
    internal static async Task<Ok<ProfileView[]>> All(Profiles profiles, CancellationToken ct) => TypedResults.Ok(await Views(profiles, ct));

    /// <summary>One profile by its name.</summary>
    internal static async Task<Results<Ok<ProfileView>, Refused>> One(string name, Profiles profiles, CancellationToken ct) =>
        (await Views(profiles, ct)).FirstOrDefault(p => p.Name == name) is { } view ? TypedResults.Ok(view) : new Refused(CaptureRefusals.NoProfile(name));

    /// <summary>Puts a profile in force (YAML, <c>kind: CaptureProfile</c>); recorded in the ledger.</summary>
    internal static async Task<Results<Ok<AppliedProfile>, Refused>> Apply(string name, HttpRequest request, Caller caller, Profiles profiles, CancellationToken ct) =>
        await profiles.Apply(name, await YamlBody.Read(request, ct), caller.Principal, ct).Ok();

    static async Task<ProfileView[]> Views(Profiles profiles, CancellationToken ct)
    {
        var applied = (await profiles.Applied(ct)).Select(p => new ProfileView(p.Name, p.Digest, p.Body, p.At, p.By)).ToList();
        var standard = CaptureProfile.Standard;
        return applied.Exists(p => p.Name == standard.Name) ? [.. applied] : [.. applied, new(standard.Name, standard.Digest, null, null, "built in")];
    }
}

/// <summary>A profile as the API shows it; the built-in one has no document.</summary>
internal sealed record ProfileView(string Name, Digest Digest, string? Body, DateTimeOffset? AppliedAt, string AppliedBy);
