using Assay.Contracts;
using Assay.Contracts.Wire;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>A run of another MLflow server. It keeps its id, so that links, parents and <c>runs:/</c> addresses stay true. Times are UTC milliseconds.</summary>
public sealed record ImportedRun(string RunId, string Origin, string ExperimentId, string Name, string User, long StartMs, IReadOnlyList<KeyValuePair<string, string>> Tags);

/// <summary>How an imported run stood at its origin.</summary>
public sealed record ImportedEnd(string Status, long? EndMs, string Lifecycle);

/// <summary>
/// Takes over runs of another server: begun with their own id, filled by the ordinary calls, completed as they stood there. No end is
/// published: an imported run makes no candidate.
/// </summary>
public sealed class ImportedRuns(Store store, TimeProvider time)
{
    /// <summary>Makes the run unless an earlier import from the same origin did; says whether that one was completed.</summary>
    public Task<Result<ImportRow>> Begin(ImportedRun run, Principal who, CancellationToken ct) => store.Write(async Task<Result<ImportRow>> (tx) =>
    {
        if (Wrong(run) is { } wrong)
            return wrong;
        await tx.Lock("tracking", run.RunId);
        if (await tx.First(ImportSql.Of, ("id", run.RunId)) is { } before)
            return before.Origin == run.Origin ? before : TrackingRefusals.ImportedElsewhere("run", run.RunId, before.Origin);
        if (await tx.First(RunSql.StateOf, ("run", run.RunId)) is not null)
            return TrackingRefusals.NotImported("run", run.RunId);
        await tx.LockShared("tracking", $"experiment/{run.ExperimentId}");
        if (await Experiments.Find(tx, run.ExperimentId) is not { } experiment)
            return TrackingRefusals.NoExperiment(run.ExperimentId);
        await tx.Execute(RunSql.Insert, ("run", run.RunId), ("experiment", Experiments.Number(experiment.ExperimentId)), ("name", run.Name), ("user", run.User.Length > 0 ? run.User : "unknown"),
            ("status", RunStatus.Running), ("start", run.StartMs), ("uri", Locations.OfRun(experiment.ArtifactLocation, run.RunId)));
        await tx.Execute(RunSql.SetTags, RunTags.Rows(run.RunId, run.Tags));
        await tx.Execute(RunSql.AddWriter, ("run", run.RunId), ("who", who.Origin), ("at", time.GetUtcNow()));
        await tx.Execute(ImportSql.Note, ("id", run.RunId), ("origin", run.Origin), ("at", time.GetUtcNow()));
        return new ImportRow(run.Origin, false);
    }, ct);

    /// <summary>All of the run is here: it stands as it stood at its origin. Again is no error.</summary>
    public Task<Result<Done>> Complete(string runId, ImportedEnd end, CancellationToken ct) => store.Write(async Task<Result<Done>> (tx) =>
    {
        if (!RunStatus.All.ContainsKey(end.Status))
            return TrackingRefusals.ImportField("status", end.Status, $"one of {string.Join(", ", RunStatus.All.Keys)}");
        if (end.Lifecycle is not (Lifecycle.Active or Lifecycle.Deleted))
            return TrackingRefusals.ImportField("lifecycle_stage", end.Lifecycle, "active or deleted");
        await tx.Lock("tracking", runId);
        if (await tx.First(ImportSql.Of, ("id", runId)) is null || await tx.First(RunSql.ById, ("run", runId)) is not { } run)
            return TrackingRefusals.NotImported("run", runId);
        await tx.Execute(RunSql.Update, ("run", runId), ("name", run.Name), ("status", end.Status), ("end", end.EndMs));
        await tx.Execute(RunSql.SetLifecycle, ("run", runId), ("lifecycle", end.Lifecycle));
        await tx.Execute(ImportSql.Complete, ("id", runId), ("at", time.GetUtcNow()));
        return Done.Yes;
    }, ct);

    static Refusal? Wrong(ImportedRun run) =>
        run.RunId.Length is 0 or > 250 || !run.RunId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? TrackingRefusals.ImportField("run_id", run.RunId, "letters, digits, - and _")
        : run.Origin.Length is 0 or > 2000 ? TrackingRefusals.ImportField("origin", run.Origin, "the address of the server it comes from")
        : WireLimits.RunName.Length(run.Name, "run_name") ?? run.Tags.Select(t => WireLimits.Key.Length(t.Key, "tags.key") ?? RunTags.Value(t.Key, t.Value)).FirstOrDefault(p => p is not null);
}
