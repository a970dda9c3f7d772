using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Search;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>Searches runs in MLflow's grammar, and loads what a page of them needs.</summary>
public sealed class RunSearch(Store store)
{
    /// <summary>
    /// A page of the runs of these experiments, of those that the caller sees, newest start first unless ordered otherwise. <paramref name="view"/> is <c>ACTIVE_ONLY</c> (the default),
    /// <c>DELETED_ONLY</c> or <c>ALL</c>. Refused with field <c>filter</c>, <c>order_by</c> or <c>page_token</c>, and the character that is wrong.
    /// </summary>
    public async Task<Result<SearchPage<RunRow>>> Find(Sees sees, IReadOnlyList<string> experimentIds, string? view, SearchRequest request, CancellationToken ct)
    {
        var ids = await VisibleExperiments.Among(store, sees, [.. experimentIds.Select(Experiments.Number).OfType<long>().Distinct().Order()], ct);
        var query = SearchQuery.Parse(SearchTables.Runs, request, ["start_time DESC"], ["run_id ASC"], [view ?? "", .. ids.Select(i => i.ToString())]);
        if (!query.Ok)
            return query.Refusal!;
        var (list, args) = Placeholders.Of(ids);
        var scope = ids.Count == 1 ? new SearchScope("= @e0", One: true) : new($"IN ({list})", One: false);
        return await store.Read(tx => query.Value.Read(tx, RunSql.Columns, RunSql.ColumnCount, "tracking_run t", $"t.experiment_id {scope.Sql} AND {Lifecycle.Sql(view, "t.lifecycle")}", scope, RunSql.Read, args), ct);
    }

    /// <summary>At most 100 runs with their data, in the order given.</summary>
    public Task<IReadOnlyList<Run>> Load(IReadOnlyList<RunRow> rows, CancellationToken ct) => store.Read(async Task<IReadOnlyList<Run>> (tx) =>
    {
        if (rows.Count == 0)
            return [];
        var among = ("among", (object?)rows.Select(r => r.RunId).ToArray());
        var (metric, parameter, tag) = (new Question<MetricPoint>(RunPageSql.Newest, among), new Question<(string Of, KeyValuePair<string, string> Pair)>(RunPageSql.Params, among),
            new Question<(string Of, KeyValuePair<string, string> Pair)>(RunPageSql.Tags, among));
        var (input, inputTag, model) = (new Question<InputRow>(RunPageSql.Inputs, among), new Question<InputTagRow>(RunPageSql.InputTags, among), new Question<RunModelRow>(RunPageSql.Models, among));
        await tx.Ask(metric, parameter, tag, input, inputTag, model);
        var metrics = metric.Found.ToLookup(m => m.RunId);
        var parameters = parameter.Found.ToLookup(p => p.Of, p => p.Pair);
        var tags = tag.Found.ToLookup(p => p.Of, p => p.Pair);
        var inputTags = inputTag.Found.ToLookup(t => (t.RunId, t.Name, t.Digest), t => KeyValuePair.Create(t.Key, t.Value));
        var inputs = input.Found.ToLookup(i => i.RunId, i => new RunInput(i.Name, i.Digest, i.SourceType, i.Source, i.Schema, i.Profile, [.. inputTags[(i.RunId, i.Name, i.Digest)]]));
        var models = model.Found.ToLookup(m => m.RunId);
        return [.. rows.Select(r => new Run(r, [.. metrics[r.RunId]], [.. parameters[r.RunId]], [.. tags[r.RunId]], [.. inputs[r.RunId]], [.. models[r.RunId]]))];
    }, ct);
}

/// <summary>The data of up to a hundred runs at once.</summary>
static class RunPageSql
{
    public static readonly Query<MetricPoint> Newest = new($"SELECT {MetricSql.Columns} FROM tracking_newest WHERE run_id {{among}} ORDER BY run_id, key", MetricSql.Read);

    public static readonly Query<(string Of, KeyValuePair<string, string> Pair)> Params = new($"SELECT run_id, key, value FROM tracking_param WHERE run_id {{among}} ORDER BY run_id, key", Pair);

    public static readonly Query<(string Of, KeyValuePair<string, string> Pair)> Tags = new($"SELECT run_id, key, value FROM tracking_run_tag WHERE run_id {{among}} ORDER BY run_id, key", Pair);

    public static readonly Query<InputRow> Inputs = new($"SELECT {InputSql.Columns} FROM tracking_input WHERE run_id {{among}} ORDER BY run_id, position, name, digest", InputSql.Read);

    public static readonly Query<InputTagRow> InputTags = new($"SELECT {InputSql.TagColumns} FROM tracking_input_tag WHERE run_id {{among}} ORDER BY run_id, name, digest, key", InputSql.ReadTag);

    public static readonly Query<RunModelRow> Models = new($"SELECT {InputSql.ModelColumns} FROM tracking_run_model WHERE run_id {{among}} ORDER BY run_id, direction, step, model_id", InputSql.ReadModel);

    static (string, KeyValuePair<string, string>) Pair(Row r) => (r.Text(0), new(r.Text(1), r.Text(2)));
}
