using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Search;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>Searches logged models in MLflow's grammar.</summary>
public sealed class LoggedModelSearch(Store store)
{
    /// <summary>
    /// A page of the models of these experiments, of those that the caller sees, that are not deleted, newest first unless ordered otherwise. Metrics in the filter are those measured on
    /// <paramref name="datasets"/>, in the order those on <paramref name="sortDatasets"/>; none given: on any.
    /// </summary>
    public async Task<Result<SearchPage<LoggedModel>>> Find(
        Sees sees, IReadOnlyList<string> experimentIds, IReadOnlyList<(string Name, string? Digest)> datasets, IReadOnlyList<(string Name, string? Digest)> sortDatasets, SearchRequest request, CancellationToken ct)
    {
        var ids = await VisibleExperiments.Among(store, sees, [.. experimentIds.Select(Experiments.Number).OfType<long>().Distinct().Order()], ct);
        var query = SearchQuery.Parse(SearchTables.LoggedModels(datasets), SearchTables.LoggedModels(sortDatasets), request, ["creation_timestamp DESC"], ["creation_timestamp DESC", "model_id ASC"],
            [.. ids.Select(i => i.ToString()), .. datasets.Select(d => $"{d.Name}\n{d.Digest}"), "|", .. sortDatasets.Select(d => $"{d.Name}\n{d.Digest}")]);
        if (!query.Ok)
            return query.Refusal!;
        var (list, args) = Placeholders.Of(ids);
        return await store.Read(async Task<Result<SearchPage<LoggedModel>>> (tx) =>
        {
            var page = await query.Value.Read(tx, LoggedModelSql.Columns, LoggedModelSql.ColumnCount, "tracking_model t", $"t.experiment_id IN ({list}) AND t.lifecycle = 'active'", LoggedModelSql.Read, args);
            if (!page.Ok)
                return page.Refusal!;
            List<LoggedModel> models = [];
            foreach (var row in page.Value.Items)
                models.Add(await LoggedModel.Read(tx, row));
            return new SearchPage<LoggedModel>(models, page.Value.Next);
        }, ct);
    }
}
