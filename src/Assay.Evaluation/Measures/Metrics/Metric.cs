using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Measures.Metrics;

/// <summary>One metric as it was asked for: which way is better, what it needs of each row, and how it is read from the sums.</summary>
/// <param name="Wish">How the suite asks for it.</param>
/// <param name="HigherIsBetter">Which way is better.</param>
internal abstract record Metric(MetricWish Wish, bool HigherIsBetter)
{
    /// <summary>The class it is of, as labels spell it; null when it is of all, or of the positive one.</summary>
    public string? Class { get; init; }

    /// <summary>How classes were averaged, such as macro; null when they were not.</summary>
    public string? Average { get; init; }

    /// <summary>Does it depend on the threshold, which the evidence then names?</summary>
    public bool HasThreshold { get; init; }

    /// <summary>Must scores lie in [0, 1]?</summary>
    public bool NeedsProbability { get; init; }

    /// <summary>Does it rest on the positive rows alone, so that few of them are too few?</summary>
    public int? RestsOnClass { get; init; }

    /// <summary>The sums that it needs.</summary>
    public abstract IReadOnlyList<Term> Terms { get; }

    /// <summary>Does it need the rows in the order of their scores?</summary>
    public virtual bool NeedsRanks => false;

    /// <summary>The metric of one model.</summary>
    public abstract Measured Of(Sums sums);

    /// <summary>The metric minus that of another model on the same rows; null when either has no value.</summary>
    public virtual Difference? Against(Sums sums, Sums baseline) =>
        Of(sums).Value is { } value && Of(baseline).Value is { } other ? new(other, value - other, null, null) : null;
}
