using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>The hot path: metrics, params and tags of a run.</summary>
public sealed class RunLog(Store store, RunWrites writes)
{
    readonly SharedAppend shared = new(store);

    /// <summary>Appends one batch, all or nothing. A param is written once; a point, param or tag that is there already changes nothing.</summary>
    public async Task<Result<Done>> Append(string run, RunBatch batch, Principal who, CancellationToken ct)
    {
        if (batch.Check() is { } wrong)
            return wrong;
        if (batch.IsSmall && !store.Remembers && await shared.Append(run, batch, who))
            return Done.Yes;
        return await Alone(run, batch, who, ct);
    }

    Task<Result<Done>> Alone(string run, RunBatch batch, Principal who, CancellationToken ct) => store.Write(async Task<Result<Done>> (tx) =>
    {
        var admitted = await writes.Admit(tx, run, who, "log", () => IsStored(tx, run, batch));
        if (admitted is not { Ok: true, Value: true })
            return admitted.Map(_ => Done.Yes);
        if (batch.Params.Count > 0 && await AddParams(tx, run, batch.Params) is { } changed)
            return changed;
        if (batch.Metrics > 0)
        {
            var points = new PointRows([(run, batch)]);
            await tx.Send(MetricSql.Append, points.All());
            await tx.Send(MetricSql.Newest, points.NewestPerKey());
        }
        foreach (var model in batch.Models)
            if (await tx.First(LoggedModelSql.ById, ("model", model)) is not { Lifecycle: Lifecycle.Active })
                return TrackingRefusals.NoModel(model);
        if (batch.Models.Count > 0)
            await tx.Execute(MetricSql.AppendToModels, batch.ModelPoints(run));
        if (batch.Tags.Count > 0)
            await RunTags.Write(tx, run, LastOfEach(batch.Tags));
        return Done.Yes;
    }, ct);

    static async Task<Refusal?> AddParams(Tx tx, string run, IReadOnlyList<KeyValuePair<string, string>> given)
    {
        if (await tx.Execute(RunSql.AddParams, RunTags.Rows(run, given)) == given.Count)
            return null;
        var stored = await Map(tx, RunSql.Params, run);
        var changed = given.Where(p => stored[p.Key] != p.Value).Select(p => (p.Key, stored[p.Key], p.Value)).ToList();
        return changed.Count > 0 ? TrackingRefusals.ParamChanged(run, changed) : null;
    }

    static async Task<bool> IsStored(Tx tx, string run, RunBatch batch)
    {
        var (parameters, tags) = (await Map(tx, RunSql.Params, run), await Map(tx, RunSql.Tags, run));
        return batch.Params.All(p => parameters.GetValueOrDefault(p.Key) == p.Value) && batch.Tags.All(t => tags.GetValueOrDefault(t.Key) == t.Value || t.Key == KnownTags.Note)
            && await batch.IsStored(tx, run);
    }

    static async Task<Dictionary<string, string>> Map(Tx tx, Query<KeyValuePair<string, string>> query, string run) => new(await tx.All(query, ("run", run)), StringComparer.Ordinal);

    static Dictionary<string, string> LastOfEach(IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
            last[key] = value;
        return last;
    }
}
