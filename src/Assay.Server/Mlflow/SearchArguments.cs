using Assay.Contracts.Wire;
using Assay.Server.Search;

namespace Assay.Server.Mlflow;

/// <summary>What all searches have in common: filter, order, page.</summary>
public static class SearchArguments
{
    /// <summary>Reads them; <paramref name="standard"/> rows when none are asked for, and never more than <paramref name="most"/>.</summary>
    public static SearchRequest Read(MlflowArguments a, long standard, Limit most) =>
        new(a.Text("filter", WireLimits.Filter), a.Texts("order_by", WireLimits.Orders), a.Text("page_token"), a.PageSize("max_results", standard, most));
}
