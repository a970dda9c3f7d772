using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Measures.Metrics;

/// <summary>The names of metrics, by task.</summary>
internal static class MetricNames
{
    static readonly string[] Classification = ["auc", "pr_auc", "accuracy", "balanced_accuracy", "precision", "recall", "specificity", "false_positive_rate", "f1", "log_loss", "brier", "ece", "calibration_error"];
    static readonly string[] Regression = ["mae", "rmse", "mse", "mape", "r2", "pinball"];
    static readonly string[] Ranking = ["ndcg", "map", "mrr"];
    static readonly string[] Generation = ["judgement"];

    /// <summary>Every metric of a task.</summary>
    public static IReadOnlyList<string> Of(EvaluationTask task) => task switch
    {
        EvaluationTask.Regression => Regression,
        EvaluationTask.Ranking => Ranking,
        EvaluationTask.Generation => Generation,
        _ => Classification,
    };

    /// <summary>What is measured when the suite names nothing.</summary>
    public static IReadOnlyList<string> Usual(EvaluationTask task) => task switch
    {
        EvaluationTask.Regression => ["rmse", "mae"],
        EvaluationTask.Ranking => Ranking,
        EvaluationTask.Generation => Generation,
        _ => ["auc", "accuracy", "log_loss"],
    };
}
