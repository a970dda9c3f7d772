using Assay.Contracts;

namespace Assay.Server.Capture.Items;

static class ResultItems
{
    public static Gap? Params(CapturedRun run, Requirement item)
    {
        var missing = item.Names.Where(n => !run.Facts.Params.ContainsKey(n)).ToList();
        if (missing.Count == 0 && run.Facts.Params.Count >= item.Min)
            return null;
        return new(item.Item, item.Names.Count > 0 ? $"params {string.Join(", ", item.Names)}" : $"{item.Min} or more params",
            missing.Count > 0 ? $"without {string.Join(", ", missing)}" : Count(run.Facts.Params.Count, "param"),
            missing.Count > 0 ? $"mlflow.log_param(\"{missing[0]}\", …)" : "mlflow.log_params({…}), or mlflow.autolog().");
    }

    public static Gap? Metrics(CapturedRun run, Requirement item)
    {
        var finite = run.Facts.Metrics.Where(m => double.IsFinite(m.Value)).Select(m => m.Key).ToHashSet(StringComparer.Ordinal);
        var missing = item.Names.Where(n => !finite.Contains(n)).ToList();
        if (missing.Count == 0 && finite.Count >= item.Min)
            return null;
        return new(item.Item, item.Names.Count > 0 ? $"finite metrics {string.Join(", ", item.Names)}" : $"{item.Min} or more finite metrics",
            missing.Count > 0 ? $"without {string.Join(", ", missing)} (or not finite)" : $"{Count(run.Facts.Metrics.Count, "metric")}, {finite.Count} of them finite",
            $"mlflow.log_metric(\"{(missing.Count > 0 ? missing[0] : "auc")}\", …) with a finite value.");
    }

    static string Count(int n, string thing) => n == 1 ? $"1 {thing}" : $"{(n == 0 ? "no" : n)} {thing}s";
}
