using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Measures.Metrics;

/// <summary>Every metric that is measured over rows; a new one is a line here.</summary>
internal static class MetricList
{
    /// <summary>The metrics that a wish comes to: one, or one for each class and their macro average where there are more than two classes.</summary>
    public static IReadOnlyList<Metric> Of(MetricWish wish, Frame frame) => frame.Task == EvaluationTask.Regression ? [Regression(wish)]
        : frame.Task == EvaluationTask.Generation ? [Mean(wish, TermKind.Score) with { HigherIsBetter = true }]
        : frame.Binary ? [Binary(wish)] : [.. Several(wish, frame)];

    static Metric Binary(MetricWish wish)
    {
        var classes = new ClassMetrics(wish, 1, "positive");
        return wish.Name switch
        {
            "recall" => classes.Recall with { RestsOnClass = 1 },
            "precision" => classes.Precision,
            "specificity" => classes.Specificity,
            "false_positive_rate" => classes.FalsePositiveRate,
            "f1" => classes.F1 with { RestsOnClass = 1 },
            "balanced_accuracy" => classes.Balanced,
            "auc" or "pr_auc" or "ece" or "calibration_error" => Rank(wish, [1]) with { RestsOnClass = wish.Name == "pr_auc" ? 1 : null },
            _ => Overall(wish),
        };
    }

    static IEnumerable<Metric> Several(MetricWish wish, Frame frame)
    {
        int[] all = [.. Enumerable.Range(0, frame.Classes.Count)];
        if (wish.Name is "accuracy" or "log_loss" or "brier")
            return [Overall(wish) with { HasThreshold = false }];
        if (wish.Name == "balanced_accuracy")
            return [Macro(wish, [.. all.Select(c => new ClassMetrics(wish, c, $"of class {frame.Classes[c]}").Recall)], true)];
        if (wish.Name is "ece" or "calibration_error" or "auc" or "pr_auc")
            return [.. all.Select(c => Rank(wish, [c]) with { Class = frame.Classes[c] }), Rank(wish, all) with { Average = "macro" }];
        var each = all.Select(c => Of(wish.Name, new ClassMetrics(wish, c, $"of class {frame.Classes[c]}"))).ToList();
        return [.. each.Select((m, c) => m with { Class = frame.Classes[c], RestsOnClass = wish.Name is "recall" or "f1" ? c : null, HasThreshold = false }), Macro(wish, each, each[0].HigherIsBetter)];
    }

    static Metric Of(string name, ClassMetrics of) => name switch
    {
        "recall" => of.Recall,
        "precision" => of.Precision,
        "specificity" => of.Specificity,
        "false_positive_rate" => of.FalsePositiveRate,
        "f1" => of.F1,
        _ => throw new ArgumentException($"no metric {name} of one class", nameof(name)),
    };

    /// <summary>The plain mean over classes; a class without a value leaves it without one (evaluation.md §5.1).</summary>
    static FunctionMetric Macro(MetricWish wish, IReadOnlyList<Metric> each, bool higher)
    {
        var width = each[0].Terms.Count;
        double Mean(ReadOnlySpan<double> sums)
        {
            var mean = 0.0;
            for (var c = 0; c < each.Count; c++)
                mean += (each[c] is ShareMetric share ? share.Share(sums.Slice(c * width, width)) : ((FunctionMetric)each[c]).See(sums.Slice(c * width, width))) / each.Count;
            return mean;
        }
        return new(wish, higher, [.. each.SelectMany(m => m.Terms)], Mean, "a class has no value, so there is no average over them") { Average = wish.Name == "balanced_accuracy" ? null : "macro" };
    }

    static Metric Overall(MetricWish wish)
    {
        return wish.Name switch
        {
            "accuracy" => new ShareMetric(wish, true, [Term.Rows, new(TermKind.Correct, 0, wish.Threshold)], sum => sum[1], sum => sum[0], "there are no rows") { HasThreshold = true },
            "log_loss" => Mean(wish, TermKind.LogLoss) with { NeedsProbability = true },
            "brier" => Mean(wish, TermKind.Brier) with { NeedsProbability = true },
            _ => throw new ArgumentException($"no metric {wish.Name} of classes", nameof(wish)),
        };
    }

    static RankMetric Rank(MetricWish wish, IReadOnlyList<int> classes) => wish.Name switch
    {
        "auc" => new(wish, true, classes, (ranks, level) => ranks.Auc(level)),
        "pr_auc" => new(wish, true, classes, (ranks, level) => ranks.AveragePrecision(level)),
        "ece" => new(wish, false, classes, (ranks, _) => ranks.ExpectedCalibrationError()) { NeedsProbability = true },
        _ => new(wish, false, classes, (ranks, _) => ranks.CalibrationError()) { NeedsProbability = true },
    };

    static FunctionMetric Regression(MetricWish wish)
    {
        Term squares = new(TermKind.SquaredError);
        return wish.Name switch
        {
            "mae" => Mean(wish, TermKind.AbsoluteError),
            "mse" => Mean(wish, TermKind.SquaredError),
            "rmse" => new(wish, false, [Term.Rows, squares], sum => Math.Sqrt(sum[1] / sum[0]), "the errors are too large for a number"),
            "mape" => Mean(wish, TermKind.PercentError) with { Nothing = "a truth is 0, so there is no error in percent of it" },
            "pinball" => Mean(wish, TermKind.Pinball, wish.Quantile),
            "r2" => new(wish, true, [Term.Rows, squares, new(TermKind.Truth), new(TermKind.TruthSquared)], sum => 1 - (sum[1] / (sum[3] - (sum[2] * sum[2] / sum[0]))), "all truths are the same, so nothing could be explained"),
            _ => throw new ArgumentException($"no metric {wish.Name} of numbers", nameof(wish)),
        };
    }

    static FunctionMetric Mean(MetricWish wish, TermKind kind, double at = 0) => new(wish, false, [Term.Rows, new(kind, 0, at)], sum => sum[1] / sum[0], "the losses are too large for a number");
}
