using Assay.Server.Search;

namespace Assay.Server.Mlflow;

/// <summary>What all searches have in common: filter, order, page.</summary>
public static class SearchArguments
{
    /// <summary>Reads them; <paramref name="standard"/> rows when none are asked for, and never more than <paramref name="most"/>.</summary>
    public static SearchRequest Read(MlflowArguments a, long standard, long most) => new(a.Text("filter"), a.Texts("order_by"), a.Text("page_token"), MaxResults(a, standard, most));

    /// <summary>The rows of a page.</summary>
    public static long MaxResults(MlflowArguments a, long standard, long most)
    {
        var asked = a.Int("max_results") ?? standard;
        if (asked < 1 || asked > most)
            a.Invalid("max_results", asked, $"it must be at least 1 and at most {most}.");
        return asked;
    }
}
