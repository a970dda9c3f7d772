namespace Assay.Evaluation.Heldout;

/// <summary>One metric: its name, which way is better, and how it is computed. One kind of metric is one class; all stand in <see cref="MetricList"/>.</summary>
internal abstract record Metric(string Name, bool HigherIsBetter, bool ForRegression)
{
    /// <summary>Does it depend on a threshold, which the evidence then names?</summary>
    public virtual bool HasThreshold => false;

    /// <summary>The metric of one model. A predicted positive is a score at or over the threshold.</summary>
    public abstract Measured Of(ScoredRows rows, double threshold);

    /// <summary>The metric minus that of another model on the same rows; null when either has no value.</summary>
    public virtual Difference? Against(ScoredRows rows, ScoredRows other, double threshold) =>
        Of(rows, threshold).Value is { } value && Of(other, threshold).Value is { } baseline ? new(baseline, value - baseline, null, null) : null;
}
