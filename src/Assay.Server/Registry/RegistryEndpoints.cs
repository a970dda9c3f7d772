using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Artifacts;
using Assay.Server.Capture;
using Assay.Server.Http;
using Assay.Server.Identity;
using Assay.Server.Storage;
using Assay.Server.Tracking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Registry;

internal static class RegistryEndpoints
{
    const int MostModels = 10_000;

    public static void MapRegistry(this IEndpointRouteBuilder api)
    {
        api.MapPost("/versions", Submit).WithTags("Versions").Asks(Permission.Submit);
        api.MapGet("/versions/{key}", ByKey).WithTags("Versions").Asks(Permission.Read);
        var models = api.MapGroup("/models").WithTags("Versions");
        models.MapGet("/", All).Lists();
        models.MapGet("/{model}", One).Allows(Permission.Read, On.Model);
        models.MapGet("/{model}/versions", Of).Allows(Permission.Read, On.Model);
        models.MapGet("/{model}/versions/{version}", Version).Allows(Permission.Read, On.Model);
        models.MapGet("/{model}/versions/{version}/run", Run).Allows(Permission.Read, On.Model);
        api.MapGet("/artifacts/{digest}", Content).WithTags("Versions").Lists();
    }

    /// <summary>
    /// Submits a finished run: checks its completeness, seals it and makes a candidate of it. A run with gaps is refused (400, code
    /// <c>incomplete-run</c>) with all of them in <c>gaps</c>. <c>path</c> names the model folder; it is found by itself when there is one.
    /// </summary>
    internal static async Task<Results<Created<VersionAnswer>, Refused>> Submit(SubmitBody body, Caller caller, PushRules rules, Submission submission, CancellationToken ct)
    {
        if (Names.Problem(body.Model ?? "", "", new Dictionary<string, string>()) is { } problem)
            return new Refused(problem);
        if ((await caller.Must(Permission.Submit, Touched.Model(body.Model!), ct) ?? await rules.Check(caller.Principal, body.Model!, ct) ?? await caller.Must(Permission.Read, Touched.Run(body.RunId ?? ""), ct)) is { } refusal)
            return new Refused(refusal);
        var submitted = await submission.Submit(new(body.RunId ?? "", body.Model!, new(Path: body.Path), new()), caller.Principal, ct);
        return submitted.Ok
            ? TypedResults.Created($"/api/assay/v1/models/{Uri.EscapeDataString(submitted.Value.Model)}/versions/{submitted.Value.Number}", VersionAnswer.Of(submitted.Value))
            : new Refused(submitted.Refusal!);
    }

    /// <summary>The registered models, by name; prompts are left out.</summary>
    internal static async Task<Ok<ModelsAnswer>> All(Caller caller, Store store, Models models, Versions versions, CancellationToken ct) => TypedResults.Ok(await store.Read(async tx =>
    {
        List<ModelAnswer> answers = [];
        foreach (var model in await models.Seen(tx, caller.Sees, MostModels))
            answers.Add(await Describe(tx, model, models, versions));
        return new ModelsAnswer(answers);
    }, ct));

    /// <summary>One model: its newest admitted version, its champion, its soft signals.</summary>
    internal static Task<Results<Ok<ModelAnswer>, Refused>> One(string model, Store store, Models models, Versions versions, CancellationToken ct) => store.Read(async Task<Result<ModelAnswer>> (tx) =>
        await models.Find(tx, model) is { Ok: true } found ? await Describe(tx, found.Value, models, versions) : RegistryRefusals.NoModel(model), ct).Ok();

    /// <summary>All versions of a model, the newest first; candidates and rejections among them.</summary>
    internal static Task<Results<Ok<VersionsAnswer>, Refused>> Of(string model, Store store, Models models, Versions versions, CancellationToken ct) => store.Read(async Task<Result<VersionsAnswer>> (tx) =>
        await models.Find(tx, model) is { Ok: true } ? new VersionsAnswer([.. (await versions.Of(tx, model)).Select(VersionAnswer.Of)]) : RegistryRefusals.NoModel(model), ct).Ok();

    /// <summary>One version by its number, its digest, or at least 12 digits of it, with its files.</summary>
    internal static Task<Results<Ok<VersionAnswer>, Refused>> Version(string model, string version, Store store, Versions versions, RunReader runs, CancellationToken ct) =>
        store.Read(async tx => await Whole(tx, versions, runs, await versions.Find(tx, model, version)), ct).Ok();

    /// <summary>One version by its digest alone, if only one model has it.</summary>
    internal static async Task<Results<Ok<VersionAnswer>, Refused>> ByKey(string key, Caller caller, Store store, Versions versions, RunReader runs, CancellationToken ct)
    {
        var found = await store.Read(async tx => await Whole(tx, versions, runs, await versions.Find(tx, key)), ct);
        return found.Refusal is { } none ? new Refused(none)
            : await caller.Must(Permission.Read, Touched.Model(found.Value.Model) with { Asked = $"the version {key}" }, ct) is { } hidden ? new Refused(hidden)
            : TypedResults.Ok(found.Value);
    }

    /// <summary>The sealed facts of a version's run: <c>{run, params, metrics, tags, inputs, files}</c>, whose digest is the seal.</summary>
    internal static Task<Results<Ok<JsonNode>, Refused>> Run(string model, string version, Store store, Versions versions, CaptureDesk desk, CancellationToken ct) => store.Read(async Task<Result<JsonNode>> (tx) =>
    {
        var found = await versions.Find(tx, model, version);
        if (!found.Ok)
            return found.Refusal!;
        if (found.Value.Digest is { } digest && await versions.Package(tx, digest) is { } package)
            return JsonNode.Parse(package.Facts)!;
        return found.Value.RunId is { } run && await desk.Snapshot(tx, run, new()) is { } captured ? RunSeal.Facts(captured) : RegistryRefusals.NoVersion(model, version);
    }, ct).Ok();

    /// <summary>Bytes by their digest, only through a version that contains them. Ranges are answered.</summary>
    internal static async Task<Results<ContentDownload, Refused>> Content(string digest, Caller caller, HttpContext context, Store store, IContentStore contents, CancellationToken ct)
    {
        if (!Digest.TryParse(digest, out var wanted))
            return new Refused(RegistryRefusals.BadKey("any model", digest));
        var sees = caller.Sees;
        if ((await store.All(PackageSql.HoldersOf, ct, ("content", wanted))).Find(h => sees.Model(h.Model)) is not { Model: not null, Size: var size })
            return new Refused(RegistryRefusals.NoContent(wanted));
        var download = await ContentDownload.Open(contents, wanted, size, wanted.Hex, "application/octet-stream", context);
        if (download.Refusal is { } damaged)
            return new Refused(damaged);
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.Sandboxed;
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return download.Value;
    }

    static async Task<Result<VersionAnswer>> Whole(Tx tx, Versions versions, RunReader runs, Result<VersionView> found) =>
        !found.Ok ? found.Refusal! : VersionAnswer.Of(found.Value) with
        {
            Files = found.Value.Digest is { } digest ? [.. (await versions.Files(tx, digest)).Select(f => new FileAnswer(f.Path, f.Size, f.Digest))] : null,
            Origin = found.Value.RunId is { } run ? await OriginAnswer.Of(tx, runs, run) : null,
        };

    static async Task<ModelAnswer> Describe(Tx tx, ModelView model, Models models, Versions versions)
    {
        var all = await versions.Of(tx, model.Name);
        return new(model.Name, model.Description, model.CreatedAt, model.UpdatedAt, await models.Champion(tx, model.Name),
            all.Count, all.Count(v => v.Status is VersionStatus.Candidate), all.Count(v => v.Status is VersionStatus.Rejected),
            all.FirstOrDefault(v => v.Status is VersionStatus.Admitted) is { } newest ? VersionAnswer.Of(newest) : null, model.Aliases, model.Tags);
    }
}
