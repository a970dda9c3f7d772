using Assay.Server.Http;
using Assay.Server.Identity;
using Assay.Server.Tracking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Registry;

/// <summary>A key and its value, as MLflow sends tags and params.</summary>
internal sealed record ImportPair(string Key, string Value);

/// <summary>A run as its server describes it; times are UTC milliseconds.</summary>
internal sealed record ImportRunBody(string Origin, string ExperimentId, string? RunName, string? UserId, long StartTime, IReadOnlyList<ImportPair>? Tags);

/// <summary>How a run stood at its origin.</summary>
internal sealed record ImportEndBody(string Status, long? EndTime, string? LifecycleStage);

/// <summary>A logged model as its server describes it.</summary>
internal sealed record ImportModelBody(string Origin, string ExperimentId, string Name, string? ModelType, string? SourceRunId, long CreationTimestampMs, IReadOnlyList<ImportPair>? Params, IReadOnlyList<ImportPair>? Tags);

/// <summary>How a logged model stood at its origin.</summary>
internal sealed record ImportModelEndBody(string Status);

/// <summary>A version as its registry describes it; <c>source</c> leads to the files as they lie here.</summary>
internal sealed record ImportVersionBody(string Origin, string Source, string? RunId, string? ModelId, string? Description, string? RunLink, string? CurrentStage, IReadOnlyList<string>? Aliases,
    IReadOnlyList<ImportPair>? Tags, long CreationTimestamp, long? LastUpdatedTimestamp);

/// <summary>Whether all of a run or logged model was imported before.</summary>
internal sealed record ImportAnswer(string Origin, bool Complete);

/// <summary>What <c>assay import mlflow</c> writes beside MLflow's own calls: things that keep the id or number they have elsewhere.</summary>
internal static class ImportEndpoints
{
    public static void MapImports(this IEndpointRouteBuilder api)
    {
        var imports = api.MapGroup("/imports").WithTags("Imports");
        imports.MapPut("/runs/{run_id}", BeginRun).Allows(Permission.Operate, On.Everything);
        imports.MapPost("/runs/{run_id}/completion", CompleteRun).Allows(Permission.Operate, On.Everything);
        imports.MapPut("/logged-models/{model_id}", BeginModel).Allows(Permission.Operate, On.Everything);
        imports.MapPost("/logged-models/{model_id}/completion", CompleteModel).Allows(Permission.Operate, On.Everything);
        imports.MapPut("/models/{model}/versions/{version}", PutVersion).Allows(Permission.Operate, On.Everything);
    }

    /// <summary>Begins to take over a run under its own id; MLflow's calls fill it. <c>complete</c>: an earlier import brought all of it.</summary>
    internal static Task<Results<Ok<ImportAnswer>, Refused>> BeginRun(string run_id, ImportRunBody body, Caller caller, ImportedRuns runs, CancellationToken ct) =>
        Answered(runs.Begin(new(run_id, body.Origin ?? "", body.ExperimentId ?? "", body.RunName ?? "", body.UserId ?? "", body.StartTime, Pairs(body.Tags)), caller.Principal, ct)).Ok();

    /// <summary>All of the run is here: it stands as it stood at its origin. It never makes a version.</summary>
    internal static async Task<Results<NoContent, Refused>> CompleteRun(string run_id, ImportEndBody body, ImportedRuns runs, CancellationToken ct) =>
        await runs.Complete(run_id, new(body.Status ?? "", body.EndTime, body.LifecycleStage ?? "active"), ct) is { Refusal: { } refusal } ? new Refused(refusal) : TypedResults.NoContent();

    /// <summary>Begins to take over a logged model under its own id.</summary>
    internal static Task<Results<Ok<ImportAnswer>, Refused>> BeginModel(string model_id, ImportModelBody body, ImportedModels models, CancellationToken ct) =>
        Answered(models.Begin(new(model_id, body.Origin ?? "", body.ExperimentId ?? "", body.Name ?? "", body.ModelType, body.SourceRunId, body.CreationTimestampMs, Pairs(body.Params), Pairs(body.Tags)), ct)).Ok();

    /// <summary>All of the logged model is here.</summary>
    internal static async Task<Results<NoContent, Refused>> CompleteModel(string model_id, ImportModelEndBody body, ImportedModels models, CancellationToken ct) =>
        await models.Complete(model_id, body.Status ?? "", ct) is { Refusal: { } refusal } ? new Refused(refusal) : TypedResults.NoContent();

    /// <summary>Takes over a version under its own number, with aliases and stage as soft signals. Its status is <c>imported</c>: readable, never admitted.</summary>
    internal static async Task<Results<Ok<VersionAnswer>, Refused>> PutVersion(string model, long version, ImportVersionBody body, Caller caller, ImportedVersions versions, CancellationToken ct) =>
        (await versions.Put(new(model, version, body.Origin ?? "", body.Source ?? "", body.RunId, body.ModelId, body.Description ?? "", body.RunLink, body.CurrentStage ?? "None", body.Aliases ?? [],
            Pairs(body.Tags).ToDictionary(t => t.Key, t => t.Value), body.CreationTimestamp, body.LastUpdatedTimestamp ?? body.CreationTimestamp), caller.Principal, ct)) is var put && put.Ok
            ? TypedResults.Ok(VersionAnswer.Of(put.Value))
            : new Refused(put.Refusal!);

    static async Task<Contracts.Result<ImportAnswer>> Answered(Task<Contracts.Result<ImportRow>> begun) => (await begun).Map(row => new ImportAnswer(row.Origin, row.Complete));

    /// <summary>Each key once, the last value; null and absent are empty.</summary>
    static List<KeyValuePair<string, string>> Pairs(IReadOnlyList<ImportPair>? pairs) =>
        [.. (pairs ?? []).Where(p => p.Key is not null).GroupBy(p => p.Key, (key, all) => KeyValuePair.Create(key, all.Last().Value ?? ""), StringComparer.Ordinal)];
}
