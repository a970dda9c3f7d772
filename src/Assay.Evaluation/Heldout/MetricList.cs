using Assay.Statistics;

namespace Assay.Evaluation.Heldout;

/// <summary>Every metric that is measured. A new one is a line here, and a class where none of the kinds fits.</summary>
internal static class MetricList
{
    public static IReadOnlyList<Metric> All { get; } =
    [
        new AucMetric(),
        new ShareMetric("accuracy", true, (label, predicted) => (true, label == predicted), "there are no rows"),
        new ShareMetric("recall", true, (label, predicted) => (label, predicted), "no row of the data is positive"),
        new ShareMetric("specificity", true, (label, predicted) => (!label, !predicted), "no row of the data is negative"),
        new ShareMetric("false_positive_rate", false, (label, predicted) => (!label, predicted), "no row of the data is negative"),
        new ShareMetric("precision", true, (label, predicted) => (predicted, label), "the model predicts no positive", Pairs: false),
        new LossMetric("log_loss", false, (rows, i) => Losses.Log(rows.Scores[i], rows.Positive[i]), NeedsProbability: true),
        new LossMetric("brier", false, (rows, i) => Losses.Brier(rows.Scores[i], rows.Positive[i]), NeedsProbability: true),
        new CalibrationMetric("ece", (scores, labels) => Calibration.ExpectedError(scores, labels)),
        new CalibrationMetric("calibration_error", (scores, labels) => Calibration.DebiasedError(scores, labels)),
        new LossMetric("rmse", true, (rows, i) => Losses.Squared(rows.Scores[i], rows.Truth[i]), Math.Sqrt),
        new LossMetric("mse", true, (rows, i) => Losses.Squared(rows.Scores[i], rows.Truth[i])),
        new LossMetric("mae", true, (rows, i) => Losses.Absolute(rows.Scores[i], rows.Truth[i])),
    ];
}
