using System.Buffers;
using Assay.Contracts;
using Assay.Contracts.Wire;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>A logged model as asked for.</summary>
public sealed record NewLoggedModel(string ExperimentId, string? Name, string? ModelType, string? SourceRunId, IReadOnlyList<KeyValuePair<string, string>> Params, IReadOnlyList<KeyValuePair<string, string>> Tags);

/// <summary>A logged model with its params, tags and newest metrics.</summary>
public sealed record LoggedModel(LoggedModelRow Info, IReadOnlyList<KeyValuePair<string, string>> Params, IReadOnlyList<KeyValuePair<string, string>> Tags, IReadOnlyList<ModelMetricPoint> Metrics)
{
    internal static async Task<LoggedModel> Read(Tx tx, LoggedModelRow row) => new(row,
        await tx.All(LoggedModelSql.Params, ("model", row.ModelId)), await tx.All(LoggedModelSql.Tags, ("model", row.ModelId)), await tx.All(LoggedModelSql.Metrics, ("model", row.ModelId)));
}

/// <summary>Models that 3.x clients log beside runs. They belong to their run: once it is sealed, nothing of them changes but the hint which versions were made.</summary>
public sealed class LoggedModels(Store store, RunWrites writes, TimeProvider time)
{
    static readonly SearchValues<char> BadInNames = SearchValues.Create("/:.%\"'");

    /// <summary>Makes one, pending.</summary>
    public Task<Result<LoggedModel>> Create(NewLoggedModel asked, Principal who, CancellationToken ct)
    {
        var name = string.IsNullOrEmpty(asked.Name) ? RunNames.New() : asked.Name;
        if (Check(name, asked) is { } wrong)
            return Task.FromResult<Result<LoggedModel>>(wrong);
        var id = "m-" + Guid.NewGuid().ToString("N");
        return store.Write(async Task<Result<LoggedModel>> (tx) =>
        {
            await tx.LockShared("tracking", $"experiment/{asked.ExperimentId}");
            if (await Experiments.Find(tx, asked.ExperimentId) is not { } experiment)
                return TrackingRefusals.NoExperiment(asked.ExperimentId);
            if (experiment.Lifecycle == Lifecycle.Deleted)
                return TrackingRefusals.ExperimentDeleted(asked.ExperimentId);
            if (asked.SourceRunId is { Length: > 0 } run && await tx.First(RunSql.StateOf, ("run", run)) is not null
                && (await writes.Admit(tx, run, who, "log a model", () => Task.FromResult(false))).Refusal is { } refusal)
                return refusal;
            await tx.Execute(LoggedModelSql.Insert, ("model", id), ("experiment", Experiments.Number(experiment.ExperimentId)), ("name", name), ("uri", Locations.OfModel(experiment.ArtifactLocation, id)),
                ("type", asked.ModelType), ("run", string.IsNullOrEmpty(asked.SourceRunId) ? null : asked.SourceRunId), ("at", time.GetUtcNow()));
            foreach (var (key, value) in asked.Params)
                await tx.Execute(LoggedModelSql.AddParam, ("model", id), ("key", key), ("value", value));
            foreach (var (key, value) in asked.Tags)
                await tx.Execute(LoggedModelSql.SetTag, ("model", id), ("key", key), ("value", value));
            return await LoggedModel.Read(tx, (await tx.First(LoggedModelSql.ById, ("model", id)))!);
        }, ct);
    }

    /// <summary>One that is not deleted.</summary>
    public Task<Result<LoggedModel>> Get(string model, CancellationToken ct) => store.Read(async Task<Result<LoggedModel>> (tx) =>
        await Find(tx, model) is { } row ? await LoggedModel.Read(tx, row) : TrackingRefusals.NoModel(model), ct);

    /// <summary>Sets its status: ready, or failed.</summary>
    public Task<Result<LoggedModel>> Finalize(string model, string status, Principal who, CancellationToken ct) => Change(model, who, "finalize", row => Task.FromResult(row.Status == status), async tx =>
    {
        await tx.Execute(LoggedModelSql.SetStatus, ("model", model), ("status", status), ("at", time.GetUtcNow()));
        return null;
    }, ct);

    /// <summary>Deletes it softly; it cannot be found afterwards.</summary>
    public async Task<Result<Done>> Delete(string model, Principal who, CancellationToken ct) => (await Change(model, who, "delete", _ => Task.FromResult(false), async tx =>
    {
        await tx.Execute(LoggedModelSql.Delete, ("model", model), ("at", time.GetUtcNow()));
        return null;
    }, ct)).Map(_ => Done.Yes);

    /// <summary>Sets tags. <c>mlflow.modelVersions</c>, which clients write after registering, is taken at any time.</summary>
    public Task<Result<LoggedModel>> SetTags(string model, IReadOnlyList<KeyValuePair<string, string>> tags, Principal who, CancellationToken ct)
    {
        if (tags.Select(t => RunTags.Check(t.Key, t.Value)).FirstOrDefault(r => r is not null) is { } wrong)
            return Task.FromResult<Result<LoggedModel>>(wrong);
        return store.Write(async Task<Result<LoggedModel>> (tx) =>
        {
            if (await Find(tx, model) is not { } row)
                return TrackingRefusals.NoModel(model);
            var admitted = await Admit(tx, model, who, "set tags", async () => tags.All(t => t.Key == KnownTags.ModelVersions) || await Holds(tx, LoggedModelSql.Tags, model, tags.Where(t => t.Key != KnownTags.ModelVersions)));
            if (admitted.Refusal is { } refusal)
                return refusal;
            foreach (var (key, value) in tags)
                if (admitted.Value || key == KnownTags.ModelVersions)
                    await tx.Execute(LoggedModelSql.SetTag, ("model", model), ("key", key), ("value", value));
            return await LoggedModel.Read(tx, row);
        }, ct);
    }

    /// <summary>Removes a tag that is there.</summary>
    public async Task<Result<Done>> DeleteTag(string model, string key, Principal who, CancellationToken ct) => (await Change(model, who, $"delete tag {key}", _ => Task.FromResult(false),
        async tx => await tx.Execute(LoggedModelSql.DeleteTag, ("model", model), ("key", key)) > 0 ? null : TrackingRefusals.NoTag(key, $"logged model {model}"), ct)).Map(_ => Done.Yes);

    /// <summary>Adds params, each written once.</summary>
    public async Task<Result<Done>> AddParams(string model, IReadOnlyList<KeyValuePair<string, string>> given, Principal who, CancellationToken ct)
    {
        if (given.Select(p => Param(p.Key, p.Value)).FirstOrDefault(r => r is not null) is { } wrong)
            return wrong;
        return await store.Write(async Task<Result<Done>> (tx) =>
        {
            if (await Find(tx, model) is null)
                return TrackingRefusals.NoModel(model);
            var admitted = await Admit(tx, model, who, "log params", () => Holds(tx, LoggedModelSql.Params, model, given));
            if (admitted is not { Ok: true, Value: true })
                return admitted.Map(_ => Done.Yes);
            foreach (var (key, value) in given)
                await tx.Execute(LoggedModelSql.AddParam, ("model", model), ("key", key), ("value", value));
            var stored = new Dictionary<string, string>(await tx.All(LoggedModelSql.Params, ("model", model)), StringComparer.Ordinal);
            return given.FirstOrDefault(p => stored[p.Key] != p.Value) is { Key: not null } changed ? TrackingRefusals.ModelParamChanged(model, changed.Key) : Done.Yes;
        }, ct);
    }

    Task<Result<LoggedModel>> Change(string model, Principal who, string what, Func<LoggedModelRow, Task<bool>> repeats, Func<Tx, Task<Refusal?>> change, CancellationToken ct) => store.Write(async Task<Result<LoggedModel>> (tx) =>
    {
        if (await Find(tx, model) is not { } row)
            return TrackingRefusals.NoModel(model);
        var admitted = await Admit(tx, model, who, what, () => repeats(row));
        if (admitted.Refusal is { } sealedRun)
            return sealedRun;
        if (admitted.Value && await change(tx) is { } refusal)
            return refusal;
        return await LoggedModel.Read(tx, (await tx.First(LoggedModelSql.ById, ("model", model)))!);
    }, ct);

    /// <summary>As for runs: true — go on, false — it is there already, or the refusal.</summary>
    async Task<Result<bool>> Admit(Tx tx, string model, Principal who, string what, Func<Task<bool>> repeats)
    {
        foreach (var owner in await tx.All(LoggedModelSql.Owners, ("model", model)))
        {
            await tx.LockShared("tracking", owner.RunId);
            var state = (await tx.First(RunSql.StateOf, ("run", owner.RunId)))!;
            if (state.Seal is { } seal)
            {
                if (await repeats())
                    return false;
                var refusal = TrackingRefusals.ModelSealed(model, state.RunId, seal);
                writes.Record(tx, state, who, $"{what} of logged model {model}", refusal);
                return refusal;
            }
            await tx.Execute(RunSql.AddWriter, ("run", owner.RunId), ("who", who.Origin), ("at", time.GetUtcNow()));
        }
        return true;
    }

    static async Task<LoggedModelRow?> Find(Tx tx, string model) => await tx.First(LoggedModelSql.ById, ("model", model)) is { Lifecycle: Lifecycle.Active } row ? row : null;

    static async Task<bool> Holds(Tx tx, Query<KeyValuePair<string, string>> query, string model, IEnumerable<KeyValuePair<string, string>> wanted)
    {
        var stored = new Dictionary<string, string>(await tx.All(query, ("model", model)), StringComparer.Ordinal);
        return wanted.All(p => stored.GetValueOrDefault(p.Key) == p.Value);
    }

    static Refusal? Check(string name, NewLoggedModel asked) => name.AsSpan().ContainsAny(BadInNames)
        ? TrackingRefusals.ModelName(name)
        : WireLimits.LoggedModelName.Length(name, "name") ?? WireLimits.LoggedModelType.Length(asked.ModelType, "model_type") ?? asked.Params.Select(p => Param(p.Key, p.Value)).Concat(asked.Tags.Select(t => RunTags.Check(t.Key, t.Value))).FirstOrDefault(r => r is not null);

    static Refusal? Param(string key, string value) => Limits.Key("Parameter", key) ?? WireLimits.ParamValue.Length(value, "value");
}
