using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>A logged model of another MLflow server, with its own id. Times are UTC milliseconds.</summary>
public sealed record ImportedModel(string ModelId, string Origin, string ExperimentId, string Name, string? ModelType, string? SourceRunId, long CreatedMs,
    IReadOnlyList<KeyValuePair<string, string>> Params, IReadOnlyList<KeyValuePair<string, string>> Tags);

/// <summary>Takes over logged models of another server, as <see cref="ImportedRuns"/> does runs.</summary>
public sealed class ImportedModels(Store store, TimeProvider time)
{
    /// <summary>Makes the model unless an earlier import from the same origin did; says whether that one was completed.</summary>
    public Task<Result<ImportRow>> Begin(ImportedModel model, CancellationToken ct) => store.Write(async Task<Result<ImportRow>> (tx) =>
    {
        if (!model.ModelId.StartsWith("m-", StringComparison.Ordinal) || model.ModelId.Length > 250 || !model.ModelId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return TrackingRefusals.ImportField("model_id", model.ModelId, "m- and letters or digits");
        await tx.Lock("tracking", model.ModelId);
        if (await tx.First(ImportSql.Of, ("id", model.ModelId)) is { } before)
            return before.Origin == model.Origin ? before : TrackingRefusals.ImportedElsewhere("logged model", model.ModelId, before.Origin);
        if (await tx.First(LoggedModelSql.ById, ("model", model.ModelId)) is not null)
            return TrackingRefusals.NotImported("logged model", model.ModelId);
        if (await Experiments.Find(tx, model.ExperimentId) is not { } experiment)
            return TrackingRefusals.NoExperiment(model.ExperimentId);
        await tx.Execute(LoggedModelSql.Insert, ("model", model.ModelId), ("experiment", Experiments.Number(experiment.ExperimentId)), ("name", model.Name),
            ("uri", Locations.OfModel(experiment.ArtifactLocation, model.ModelId)), ("type", model.ModelType), ("run", model.SourceRunId), ("at", model.CreatedMs));
        foreach (var (key, value) in model.Params)
            await tx.Execute(LoggedModelSql.AddParam, ("model", model.ModelId), ("key", key), ("value", value));
        foreach (var (key, value) in model.Tags)
            await tx.Execute(LoggedModelSql.SetTag, ("model", model.ModelId), ("key", key), ("value", value));
        await tx.Execute(ImportSql.Note, ("id", model.ModelId), ("origin", model.Origin), ("at", time.GetUtcNow()));
        return new ImportRow(model.Origin, false);
    }, ct);

    /// <summary>All of the model is here. Again is no error.</summary>
    public Task<Result<Done>> Complete(string modelId, string status, CancellationToken ct) => store.Write(async Task<Result<Done>> (tx) =>
    {
        if (!status.StartsWith("LOGGED_MODEL_", StringComparison.Ordinal))
            return TrackingRefusals.ImportField("status", status, "LOGGED_MODEL_READY, LOGGED_MODEL_PENDING or LOGGED_MODEL_UPLOAD_FAILED");
        await tx.Lock("tracking", modelId);
        if (await tx.First(ImportSql.Of, ("id", modelId)) is null)
            return TrackingRefusals.NotImported("logged model", modelId);
        await tx.Execute(LoggedModelSql.SetStatus, ("model", modelId), ("status", status), ("at", time.GetUtcNow()));
        await tx.Execute(ImportSql.Complete, ("id", modelId), ("at", time.GetUtcNow()));
        return Done.Yes;
    }, ct);
}
