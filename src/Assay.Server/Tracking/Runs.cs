using Assay.Contracts;
using Assay.Contracts.Wire;
using Assay.Server.Events;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>Making, ending, renaming, deleting and restoring runs.</summary>
public sealed class Runs(Store store, RunWrites writes, Outbox outbox, IEnumerable<IRunEnding> endings, TimeProvider time)
{
    /// <summary>Makes a run. Its name and its tag <c>mlflow.runName</c> are one thing; without either it gets a generated name.</summary>
    public Task<Result<Run>> Create(NewRun asked, Principal who, CancellationToken ct)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in asked.Tags)
            tags[key] = value;
        var tagged = tags.GetValueOrDefault(KnownTags.RunName);
        if (!string.IsNullOrEmpty(asked.Name) && !string.IsNullOrEmpty(tagged) && asked.Name != tagged)
            return Task.FromResult<Result<Run>>(TrackingRefusals.NameDiffers(asked.Name, tagged));
        var name = tags[KnownTags.RunName] = First(asked.Name, tagged) ?? RunNames.New();
        // What stands in the environment of a job (MLFLOW_RUN_CONTEXT) comes as tags: MLflow takes any characters in their keys here, and a run must start.
        var wrong = Limits.First([WireLimits.RunName.Length(name, "run_name"), .. tags.Select(t => WireLimits.Key.Length(t.Key, "tags.key") ?? RunTags.Value(t.Key, t.Value))]);
        if (wrong is not null)
            return Task.FromResult<Result<Run>>(wrong);
        var run = Guid.NewGuid().ToString("N");
        return store.Write(async Task<Result<Run>> (tx) =>
        {
            await tx.LockShared("tracking", $"experiment/{asked.ExperimentId}");
            if (await Experiments.Find(tx, asked.ExperimentId) is not { } experiment)
                return TrackingRefusals.NoExperiment(asked.ExperimentId);
            if (experiment.Lifecycle == Lifecycle.Deleted)
                return TrackingRefusals.ExperimentDeleted(asked.ExperimentId);
            await tx.Send(RunSql.Insert, ("run", run), ("experiment", Experiments.Number(experiment.ExperimentId)), ("name", name), ("user", First(asked.UserId, tags.GetValueOrDefault(KnownTags.User)) ?? "unknown"),
                ("status", RunStatus.Running), ("start", asked.StartMs), ("uri", Locations.OfRun(experiment.ArtifactLocation, run)));
            await tx.Send(RunSql.SetTags, RunTags.Rows(run, tags));
            await tx.Send(RunSql.AddWriter, ("run", run), ("who", who.Origin), ("at", time.GetUtcNow()));
            return (await Run.Read(tx, run))!;
        }, ct);
    }

    /// <summary>One run, deleted or not.</summary>
    public Task<Result<Run>> Get(string run, CancellationToken ct) => store.Read(async Task<Result<Run>> (tx) =>
        await Run.Read(tx, run) is { } found ? found : TrackingRefusals.NoRun(run), ct);

    /// <summary>
    /// Sets what is given of status, end and name. Becoming FINISHED may be refused by a higher room (incomplete); every end is published.
    /// </summary>
    public async Task<Result<RunRow>> Update(string run, string? status, long? endMs, string? name, Principal who, CancellationToken ct)
    {
        if (WireLimits.RunName.Length(name, "run_name") is { } tooLong)
            return tooLong;
        if (status == RunStatus.Finished && await store.First(RunSql.ById, ct, ("run", run)) is { Lifecycle: Lifecycle.Active, Status: not RunStatus.Finished } && await Objection(run, ct) is { } objection)
            return objection;
        var ended = false;
        var result = await store.Write(async Task<Result<RunRow>> (tx) =>
        {
            ended = false;
            RunRow? row = null;
            var admitted = await writes.Admit(tx, run, who, "update", async () => (row = await tx.First(RunSql.ById, ("run", run))) == After(row!, status, endMs, name), alone: true);
            if (admitted.Refusal is { } refusal)
                return refusal;
            row ??= (await tx.First(RunSql.ById, ("run", run)))!;
            var next = After(row, status, endMs, name);
            ended = next.Status != row.Status && RunStatus.IsEnd(next.Status);
            if (admitted.Value && next != row)
                await Write(tx, row, next, ended);
            return next;
        }, ct);
        if (result.Ok && ended)
            foreach (var ending in endings)
                await ending.Ended(run, ct);
        return result;
    }

    /// <summary>Deletes a run softly; again is no error. A sealed one is kept.</summary>
    public Task<Result<Done>> Delete(string run, Principal who, CancellationToken ct) => SetLifecycle(run, Lifecycle.Deleted, who, ct);

    /// <summary>Brings a deleted run back; again is no error.</summary>
    public Task<Result<Done>> Restore(string run, Principal who, CancellationToken ct) => SetLifecycle(run, Lifecycle.Active, who, ct);

    Task<Result<Done>> SetLifecycle(string run, string lifecycle, Principal who, CancellationToken ct) => store.Write(async Task<Result<Done>> (tx) =>
    {
        await tx.Lock("tracking", run);
        if (await tx.First(RunSql.StateOf, ("run", run)) is not { } state)
            return TrackingRefusals.NoRun(run);
        if (state.Lifecycle == lifecycle)
            return Done.Yes;
        if (lifecycle == Lifecycle.Deleted && state.Seal is { } seal)
            return writes.Refuse(tx, state, seal, who, "delete");
        await tx.Execute(RunSql.AddWriter, ("run", run), ("who", who.Origin), ("at", time.GetUtcNow()));
        await tx.Execute(RunSql.SetLifecycle, ("run", run), ("lifecycle", lifecycle));
        return Done.Yes;
    }, ct);

    async Task Write(Tx tx, RunRow row, RunRow next, bool ended)
    {
        await tx.Send(RunSql.Update, ("run", row.RunId), ("name", next.Name), ("status", next.Status), ("end", next.EndMs));
        if (next.Name != row.Name)
            await tx.Send(RunSql.SetTags, RunTags.Rows(row.RunId, [KeyValuePair.Create(KnownTags.RunName, next.Name)]));
        if (ended)
            await outbox.Publish(tx, new RunEnded(row.RunId, row.ExperimentId, next.Status));
    }

    async Task<Refusal?> Objection(string run, CancellationToken ct)
    {
        foreach (var ending in endings)
            if (await ending.MayFinish(run, ct) is { } refusal)
                return refusal;
        return null;
    }

    static RunRow After(RunRow row, string? status, long? endMs, string? name) =>
        row with { Status = status ?? row.Status, EndMs = endMs ?? row.EndMs, Name = string.IsNullOrEmpty(name) ? row.Name : name };

    static string? First(string? a, string? b) => string.IsNullOrEmpty(a) ? string.IsNullOrEmpty(b) ? null : b : a;
}
