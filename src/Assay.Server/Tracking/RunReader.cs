using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>Reads runs whole.</summary>
public sealed class RunReader(Store store)
{
    /// <summary>Everything known of a run, in a snapshot of its own.</summary>
    public Task<RunFacts?> Facts(string runId, CancellationToken ct) => store.Read(tx => Facts(tx, runId), ct);

    /// <summary>Everything known of a run, in the caller's snapshot or unit; null when there is none.</summary>
    public Task<RunFacts?> Facts(Tx tx, string runId) => Read(tx, runId, MetricsOf);

    /// <summary>The same but for its metrics, whose histories may be long and are read whole for their digests.</summary>
    public Task<RunFacts?> Outline(Tx tx, string runId) => Read(tx, runId, (_, _) => Task.FromResult<List<MetricFact>>([]));

    /// <summary>Where a run's files are; null when there is no such run.</summary>
    public async Task<string?> ArtifactUri(Tx tx, string runId) => (await tx.First(RunSql.ById, ("run", runId)))?.ArtifactUri;

    /// <summary>Where a logged model's files are; null when there is no such model.</summary>
    public async Task<string?> ArtifactUriOfModel(Tx tx, string modelId) => (await LoggedModel(tx, modelId))?.ArtifactUri;

    /// <summary>All principals that ever wrote to a run, the first one first.</summary>
    public Task<List<string>> Writers(Tx tx, string runId) => tx.All(RunSql.Writers, ("run", runId));

    /// <summary>The run that a logged model belongs to and where its files are; null when there is no such model (deleted ones included).</summary>
    public async Task<(string? SourceRunId, string ArtifactUri, string Name)?> LoggedModel(Tx tx, string modelId) =>
        await tx.First(LoggedModelSql.ById, ("model", modelId)) is { Lifecycle: Lifecycle.Active } model ? (model.SourceRunId, model.ArtifactUri, model.Name) : null;

    /// <summary>What a run or a logged model of that id belongs to, and where its files are; null when there is neither.</summary>
    public Task<ArtifactOwner?> OwnerOf(Tx tx, string id) => tx.First(ScopeSql.OwnerOf, ("id", id));

    /// <summary>Where each experiment's files are.</summary>
    public Task<List<(string Name, string Location)>> ExperimentFolders(Tx tx) => tx.All(ScopeSql.Folders);

    static async Task<RunFacts?> Read(Tx tx, string runId, Func<Tx, string, Task<List<MetricFact>>> metrics)
    {
        if (await tx.First(RunSql.ById, ("run", runId)) is not { } run || await tx.First(RunSql.StateOf, ("run", runId)) is not { } state)
            return null;
        var experiment = await tx.First(ExperimentSql.ById, ("id", long.Parse(run.ExperimentId)));
        return new(run.RunId, run.ExperimentId, experiment!.Name, run.Name, run.User, run.Status, run.StartMs, run.EndMs, run.Lifecycle, run.ArtifactUri,
            Map(await tx.All(RunSql.Params, ("run", runId))), Map(await tx.All(RunSql.Tags, ("run", runId))), Map(await tx.All(ExperimentSql.Tags, ("id", long.Parse(run.ExperimentId)))),
            await metrics(tx, runId), await InputsOf(tx, runId), await ModelsOf(tx, runId), await tx.All(RunSql.Writers, ("run", runId)), state.Seal)
        {
            ImportedFrom = await tx.First(ImportSql.OriginOf, ("id", runId)),
        };
    }

    static async Task<List<MetricFact>> MetricsOf(Tx tx, string runId)
    {
        var histories = new Histories();
        await tx.Each(MetricSql.AllOf, histories.Add, ("run", runId));
        return histories.Finish();
    }

    static async Task<List<InputFact>> InputsOf(Tx tx, string runId)
    {
        var tags = (await tx.All(InputSql.TagsOf, ("run", runId))).ToLookup(t => (t.Name, t.Digest), t => KeyValuePair.Create(t.Key, t.Value));
        return (await tx.All(InputSql.Of, ("run", runId))).ConvertAll(i => new InputFact(i.Name, i.Digest, i.SourceType, i.Source, i.Schema, i.Profile, Map(tags[(i.Name, i.Digest)])));
    }

    static Task<List<ModelFact>> ModelsOf(Tx tx, string runId) => tx.All(LoggedModelSql.OfRun, ("run", runId));

    static Dictionary<string, string> Map(IEnumerable<KeyValuePair<string, string>> pairs) => new(pairs, StringComparer.Ordinal);
}
