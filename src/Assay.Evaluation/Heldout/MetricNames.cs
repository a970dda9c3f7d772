namespace Assay.Evaluation.Heldout;

/// <summary>The names of metrics. Some are known and not measured yet: their names are reserved, and the result says so.</summary>
internal static class MetricNames
{
    static readonly string[] Later = ["pr_auc", "f1", "average_precision", "ndcg", "map", "mrr", "r2", "mape", "worst_share_mean", "cvar"];

    /// <summary>Every metric of a list, by its name.</summary>
    public static IReadOnlyList<string> All { get; } = [.. MetricList.All.Select(m => m.Name), .. Later];

    public static bool Known(string name) => All.Contains(name);

    /// <summary>What is measured when the suite names nothing.</summary>
    public static IReadOnlyList<string> Usual(bool regression) => regression ? ["rmse", "mae"] : ["auc", "accuracy", "log_loss"];
}
