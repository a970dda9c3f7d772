using Assay.Contracts;
using Assay.Contracts.Wire;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>An experiment with its tags.</summary>
public sealed record Experiment(ExperimentRow Row, IReadOnlyList<KeyValuePair<string, string>> Tags);

/// <summary>
/// Experiments: names are unique among all, deleted ones too; deleting is soft and takes the runs along, restoring brings all of them back.
/// Ids are decimal numbers counted from 1; "0" is Default.
/// </summary>
public sealed class Experiments(Store store, ServerOptions options, TimeProvider time)
{
    /// <summary>The experiment that is there from the first start.</summary>
    public const string DefaultId = "0";

    /// <summary>Makes one; answers its id. Without a location its files go below the server's artifact root.</summary>
    public Task<Result<string>> Create(string name, string? location, IReadOnlyList<KeyValuePair<string, string>> tags, CancellationToken ct) => store.Write(async Task<Result<string>> (tx) =>
    {
        var wrong = Limits.First([WireLimits.ExperimentName.Length(name, "name"), Locations.Check(location), .. tags.Select(t => Tag(t.Key, t.Value))]);
        if (wrong is not null)
            return wrong;
        await tx.Lock("tracking", "experiments");
        if (await tx.First(ExperimentSql.ByName, ("name", name)) is { } taken)
            return TrackingRefusals.ExperimentExists(name, taken.Lifecycle);
        var id = await tx.First(ExperimentSql.Next);
        await tx.Execute(ExperimentSql.Insert, ("id", id), ("name", name), ("location", Locations.Of(location, options.ArtifactRoot, id.ToString())), ("at", time.GetUtcNow()));
        foreach (var (key, value) in tags)
            await tx.Execute(ExperimentSql.SetTag, ("id", id), ("key", key), ("value", value));
        return id.ToString();
    }, ct);

    /// <summary>Makes the default experiment, if it is not there.</summary>
    public Task CreateDefault(CancellationToken ct) => store.Do(tx =>
        tx.Execute(ExperimentSql.Insert, ("id", 0), ("name", "Default"), ("location", Locations.Of(null, options.ArtifactRoot, DefaultId)), ("at", time.GetUtcNow())), ct);

    /// <summary>One by its id, deleted or not.</summary>
    public Task<Result<Experiment>> Get(string id, CancellationToken ct) => store.Read(async Task<Result<Experiment>> (tx) =>
        await Find(tx, id) is { } row ? await WithTags(tx, row) : TrackingRefusals.NoExperiment(id), ct);

    /// <summary>One by its name, deleted or not.</summary>
    public Task<Result<Experiment>> GetByName(string name, CancellationToken ct) => store.Read(async Task<Result<Experiment>> (tx) =>
        await tx.First(ExperimentSql.ByName, ("name", name)) is { } row ? await WithTags(tx, row) : TrackingRefusals.NoExperimentNamed(name), ct);

    /// <summary>Deletes it softly, with its runs; refused while a run of it is sealed.</summary>
    public Task<Result<Done>> Delete(string id, CancellationToken ct) => Change(id, async (tx, row, number) =>
    {
        if (row.Lifecycle == Lifecycle.Deleted)
            return TrackingRefusals.AlreadyDeleted(id);
        if (await tx.First(RunSql.SealedIn, ("experiment", number)) is { Seal: { } seal } run)
            return TrackingRefusals.ExperimentSealed(id, run.RunId, seal);
        await SetLifecycle(tx, number, Lifecycle.Deleted);
        return Done.Yes;
    }, ct);

    /// <summary>Brings a deleted one back, with all of its runs.</summary>
    public Task<Result<Done>> Restore(string id, CancellationToken ct) => Change(id, async (tx, row, number) =>
    {
        if (row.Lifecycle == Lifecycle.Active)
            return TrackingRefusals.NotDeleted(id);
        await SetLifecycle(tx, number, Lifecycle.Active);
        return Done.Yes;
    }, ct);

    /// <summary>Gives it another name.</summary>
    public Task<Result<Done>> Rename(string id, string name, CancellationToken ct) => Change(id, async (tx, row, number) =>
    {
        if (row.Lifecycle == Lifecycle.Deleted)
            return TrackingRefusals.ExperimentDeleted(id);
        if (WireLimits.ExperimentName.Length(name, "new_name") is { } tooLong)
            return tooLong;
        if (await tx.First(ExperimentSql.ByName, ("name", name)) is { } taken && taken.ExperimentId != id)
            return TrackingRefusals.ExperimentExists(name, taken.Lifecycle);
        await tx.Execute(ExperimentSql.Rename, ("id", number), ("name", name), ("at", time.GetUtcNow()));
        return Done.Yes;
    }, ct);

    /// <summary>Sets a tag.</summary>
    public Task<Result<Done>> SetTag(string id, string key, string value, CancellationToken ct) => Change(id, async (tx, row, number) =>
    {
        if ((row.Lifecycle == Lifecycle.Deleted ? TrackingRefusals.ExperimentDeleted(id) : Tag(key, value)) is { } wrong)
            return wrong;
        await tx.Execute(ExperimentSql.SetTag, ("id", number), ("key", key), ("value", value));
        return Done.Yes;
    }, ct);

    /// <summary>Removes a tag that is there.</summary>
    public Task<Result<Done>> DeleteTag(string id, string key, CancellationToken ct) => Change(id, async (tx, row, number) =>
    {
        if (row.Lifecycle == Lifecycle.Deleted)
            return TrackingRefusals.ExperimentDeleted(id);
        return await tx.Execute(ExperimentSql.DeleteTag, ("id", number), ("key", key)) > 0 ? Done.Yes : TrackingRefusals.NoTag(key, $"experiment {id}");
    }, ct);

    /// <summary>The row of an id, which may be any text.</summary>
    internal static async Task<ExperimentRow?> Find(Tx tx, string id) =>
        Number(id) is { } number ? await tx.First(ExperimentSql.ById, ("id", number)) : null;

    /// <summary>The number of an id; null when it is none that this server gave.</summary>
    internal static long? Number(string id) => long.TryParse(id, System.Globalization.NumberStyles.None, null, out var number) && number.ToString() == id ? number : null;

    Task<Result<Done>> Change(string id, Func<Tx, ExperimentRow, long, Task<Result<Done>>> change, CancellationToken ct) => store.Write(async Task<Result<Done>> (tx) =>
    {
        await tx.Lock("tracking", "experiments");
        await tx.Lock("tracking", $"experiment/{id}");
        return await Find(tx, id) is { } row ? await change(tx, row, Number(id)!.Value) : TrackingRefusals.NoExperiment(id);
    }, ct);

    async Task SetLifecycle(Tx tx, long id, string lifecycle)
    {
        await tx.Execute(ExperimentSql.SetLifecycle, ("id", id), ("lifecycle", lifecycle), ("at", time.GetUtcNow()));
        await tx.Execute(RunSql.SetLifecycleOfAll, ("experiment", id), ("lifecycle", lifecycle));
    }

    static async Task<Experiment> WithTags(Tx tx, ExperimentRow row) => new(row, await tx.All(ExperimentSql.Tags, ("id", Number(row.ExperimentId))));

    static Refusal? Tag(string key, string value) => Limits.Key("Tag", key) ?? WireLimits.ExperimentTag.Length(value, "value");
}
