using Assay.Contracts.Documents;
using Assay.Contracts.Evidence;

namespace Assay.Server.Evidence.Kinds;

/// <summary>What several kinds must carry.</summary>
static class Needs
{
    public static void Metrics(Evaluation evaluation, JsonMap predicate)
    {
        if (evaluation.Metrics.Count == 0 && predicate.Node["metrics"] is null or System.Text.Json.Nodes.JsonArray { Count: 0 })
            predicate.Wrong("metrics", "at least one metric", "none", "Give what was measured.");
    }

    public static void Dataset(Evaluation evaluation, JsonMap predicate)
    {
        if (evaluation.Dataset is null)
            predicate.Wrong("dataset", "{\"digest\": {\"sha256\": …}, \"role\": …, \"rows\": …}", "nothing", "Say on which data it was measured.");
        else if (evaluation.Dataset.Digest is null && !predicate.Map("dataset")!.Has("digest"))
            predicate.Wrong("dataset.digest", "{\"sha256\": …}", "nothing", "Give the digest of the data: a name alone can mean other rows tomorrow.");
    }

    public static void Suite(Evaluation evaluation, JsonMap predicate)
    {
        if (evaluation.Suite is null && !predicate.Has("suite"))
            predicate.Wrong("suite", "{\"name\": …, \"digest\": {\"sha256\": …}}", "nothing", "Name the suite that holds the cases.");
    }
}
