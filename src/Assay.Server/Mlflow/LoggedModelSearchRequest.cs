using Assay.Contracts.Wire;
using Assay.Server.Search;

namespace Assay.Server.Mlflow;

/// <summary>The body of logged-models/search, whose order is a list of objects.</summary>
sealed record LoggedModelSearchRequest(IReadOnlyList<string> Experiments, IReadOnlyList<(string, string?)> Datasets, IReadOnlyList<(string, string?)> SortDatasets, SearchRequest Search)
{
    const int Standard = 100;

    public static LoggedModelSearchRequest Read(MlflowArguments a)
    {
        var experiments = a.Texts("experiment_ids", WireLimits.SearchedExperiments, ids: true);
        if (experiments.Count == 0)
            a.Missing("experiment_ids");
        var orders = a.Objects("order_by", WireLimits.Orders).Select(o => (Field: o.Required("field_name"), Ascending: o.Bool("ascending") ?? true, Dataset: o.Text("dataset_name"), Digest: o.Text("dataset_digest"))).ToList();
        return new(experiments,
            [.. a.Objects("datasets", WireLimits.Inputs).Select(d => (d.Required("dataset_name"), d.Text("dataset_digest")))],
            [.. orders.Where(o => !string.IsNullOrEmpty(o.Dataset)).Take(1).Select(o => (o.Dataset!, o.Digest))],
            new(a.Text("filter", WireLimits.Filter), [.. orders.Select(o => $"{Quoted(o.Field)} {(o.Ascending ? "ASC" : "DESC")}")], a.Text("page_token"), a.PageSize("max_results", Standard, WireLimits.LoggedModelPage)));
    }

    // The grammar's names need quotes where a key has other characters; here the name comes whole.
    static string Quoted(string field)
    {
        var dot = field.IndexOf('.', StringComparison.Ordinal);
        return dot <= 0 || field[(dot + 1)..].StartsWith('`') ? field : $"{field[..dot]}.`{field[(dot + 1)..].Replace("`", "``", StringComparison.Ordinal)}`";
    }
}
