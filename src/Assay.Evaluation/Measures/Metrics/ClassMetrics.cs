using Assay.Evaluation.Suites;
using Assay.Statistics.Resampling;

namespace Assay.Evaluation.Measures.Metrics;

/// <summary>The metrics of one class against all others. 0/0 has no value.</summary>
/// <param name="wish">How the suite asks for them.</param>
/// <param name="of">The class.</param>
/// <param name="called">What its rows are called in messages, such as positive.</param>
internal sealed class ClassMetrics(MetricWish wish, int of, string called)
{
    // In the order in which the functions below take them.
    readonly Term[] terms = [Term.Rows, new(TermKind.Actual, of), new(TermKind.Predicted, of, wish.Threshold), new(TermKind.Hit, of, wish.Threshold)];

    /// <summary>Of the rows of the class, those predicted.</summary>
    public ShareMetric Recall => Share(true, sum => sum[3], sum => sum[1], $"no row of the data is {called}");

    /// <summary>Of the rows predicted, those of the class.</summary>
    public ShareMetric Precision => Share(true, sum => sum[3], sum => sum[2], $"the model predicts no row to be {called}");

    /// <summary>Of the rows of other classes, those not predicted.</summary>
    public ShareMetric Specificity => Share(true, sum => Others(sum) - Wrong(sum), Others, $"every row of the data is {called}");

    /// <summary>Of the rows of other classes, those predicted.</summary>
    public ShareMetric FalsePositiveRate => Share(false, Wrong, Others, $"every row of the data is {called}");

    /// <summary>The harmonic mean of precision and recall.</summary>
    public FunctionMetric F1 => new(wish, true, terms, sum => 2 * sum[3] / (sum[1] + sum[2]), $"no row is {called}, and none is predicted to be") { HasThreshold = true };

    /// <summary>The mean of recall and specificity.</summary>
    public FunctionMetric Balanced => new(wish, true, terms, sum => ((sum[3] / sum[1]) + ((Others(sum) - Wrong(sum)) / Others(sum))) / 2, "the data has one class only") { HasThreshold = true };

    static double Others(ReadOnlySpan<double> sum) => sum[0] - sum[1];

    static double Wrong(ReadOnlySpan<double> sum) => sum[2] - sum[3];

    ShareMetric Share(bool higher, BucketStatistic hits, BucketStatistic counted, string nothing) => new(wish, higher, terms, hits, counted, nothing) { HasThreshold = true };
}
