using Assay.Contracts;
using Assay.Server.Tracking;

namespace Assay.Server.Capture.Items;

static class DataItems
{
    const string ContextTag = "mlflow.data.context";

    public static Gap? Inputs(CapturedRun run, Requirement item)
    {
        var wanted = item.Context ?? "training";
        var fitting = run.Facts.Inputs.Where(i => Fits(i, wanted) && i.Name.Length > 0 && i.Digest.Length > 0).ToList();
        var names = item.Names.Where(n => fitting.TrueForAll(i => i.Name != n)).ToList();
        if (fitting.Count >= item.Min && names.Count == 0)
            return null;
        var found = run.Facts.Inputs.Count == 0 ? "no dataset" : string.Join(", ", run.Facts.Inputs.Select(i => $"{i.Name} ({i.Tags.GetValueOrDefault(ContextTag, "no context")})"));
        return new(item.Item, $"{item.Min} or more datasets with name and digest, logged with context {wanted}{(names.Count > 0 ? $", among them {string.Join(", ", names)}" : "")}", found,
            $"Log the data: mlflow.log_input(mlflow.data.from_pandas(df, source=\"s3://…\", name=\"…\"), context=\"{wanted}\"), or switch autologging of datasets on.");
    }

    public static Gap? Source(CapturedRun run, Requirement item)
    {
        var vague = run.Facts.Inputs.Where(i => i.SourceType is "code" or "" || i.Source.Length == 0).Select(i => i.Name).ToList();
        return run.Facts.Inputs.Count > 0 && vague.Count == 0 ? null
            : new(item.Item, "each dataset with a real place as its source", run.Facts.Inputs.Count == 0 ? "no dataset" : $"only the script: {string.Join(", ", vague)}",
                "Give source= to mlflow.data.from_pandas (a path, a table with its version, a URI).");
    }

    /// <summary>MLflow's own integrations write <c>train</c>; people write <c>training</c>.</summary>
    static bool Fits(InputFact input, string wanted)
    {
        var context = input.Tags.GetValueOrDefault(ContextTag, "");
        return context == wanted || (wanted == "training" && context == "train") || (wanted == "train" && context == "training");
    }
}
