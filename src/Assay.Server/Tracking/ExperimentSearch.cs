using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Search;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>Searches experiments in MLflow's grammar.</summary>
public sealed class ExperimentSearch(Store store)
{
    static readonly Query<(string Of, KeyValuePair<string, string> Pair)> Tags = new(
        $"SELECT CAST(experiment_id AS TEXT), key, value FROM tracking_experiment_tag WHERE experiment_id IN ({Placeholders.OfChunk}) ORDER BY experiment_id, key", r => (r.Text(0), new(r.Text(1), r.Text(2))));

    /// <summary>A page of the experiments that the caller sees, newest first unless ordered otherwise.</summary>
    public async Task<Result<SearchPage<ExperimentRow>>> Find(Sees sees, string? view, SearchRequest request, CancellationToken ct)
    {
        var query = SearchQuery.Parse(SearchTables.Experiments, request, ["creation_time DESC", "experiment_id ASC"], ["experiment_id DESC"], view ?? "");
        if (!query.Ok)
            return query.Refusal!;
        var seen = await VisibleExperiments.Of(store, sees, ct);
        var where = seen is null ? Lifecycle.Sql(view, "t.lifecycle") : $"t.experiment_id {{among}} AND {Lifecycle.Sql(view, "t.lifecycle")}";
        return await store.Read(tx => query.Value.Read(tx, ExperimentSql.Columns, ExperimentSql.ColumnCount, "tracking_experiment t", where, ExperimentSql.Read, seen is null ? [] : [("among", seen)]), ct);
    }

    /// <summary>At most 100 experiments with their tags, in the order given.</summary>
    public async Task<IReadOnlyList<Experiment>> Load(IReadOnlyList<ExperimentRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
            return [];
        var tags = (await store.All(Tags, ct, Placeholders.Padded([.. rows.Select(r => (object)long.Parse(r.ExperimentId))]))).ToLookup(t => t.Of, t => t.Pair);
        return [.. rows.Select(r => new Experiment(r, [.. tags[r.ExperimentId]]))];
    }
}
