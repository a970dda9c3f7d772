namespace Assay.Evaluation.Measures;

/// <summary>What tells one number of evidence from others, in the words of evidence.md.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="HigherIsBetter">Which way is better.</param>
internal sealed record MetricFacts(string Name, bool HigherIsBetter)
{
    public string? Class { get; init; }

    public string? Average { get; init; }

    public double? Threshold { get; init; }

    /// <summary>The level of a quantile or of a tail.</summary>
    public double? Level { get; init; }

    /// <summary>The input column that it is about; null when it is about all.</summary>
    public string? Feature { get; init; }
}

/// <summary>One number as it goes into evidence, with its difference to the model compared with.</summary>
/// <param name="Facts">What it is.</param>
/// <param name="Value">The number, or why there is none.</param>
/// <param name="Difference">Against the other model; null without one.</param>
/// <param name="Status">Such as <c>too_small</c>; null when nothing is to be said.</param>
internal sealed record MetricResult(MetricFacts Facts, Measured Value, Difference? Difference, string? Status = null);
