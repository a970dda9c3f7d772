namespace Assay.Statistics.WeakSlices;

/// <summary>A slice that one half of the rows showed, looked at on the other half.</summary>
/// <param name="Found">What the search found on the first half.</param>
/// <param name="Rows">Its rows in the second half.</param>
/// <param name="MeanLoss">Their mean loss; NaN without rows.</param>
/// <param name="RestMeanLoss">The mean loss of all other rows of the second half; NaN without rows.</param>
/// <param name="Effect">√2·(mean − rest's mean)/√(variance + rest's variance) on the second half (Chung et al. 2019); NaN where it has no value.</param>
/// <param name="P">One-sided p of Welch's test that the slice's mean loss is not higher than the rest's; 1 with too few rows.</param>
/// <param name="AdjustedP">The same after Benjamini and Hochberg over all that were found.</param>
/// <param name="Confirmed">Is the adjusted p at most the rate asked for? What is not confirmed is only named, and blocks nothing.</param>
public sealed record WeakSlice(FoundSlice Found, int Rows, double MeanLoss, double RestMeanLoss, double Effect, double P, double AdjustedP, bool Confirmed);
