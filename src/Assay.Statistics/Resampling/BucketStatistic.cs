namespace Assay.Statistics.Resampling;

/// <summary>
/// A number made of sums over rows, such as a mean (a sum of losses over a count) or F1 (of three counts). It must not change when all sums are doubled,
/// and be smooth. NaN where there is none, as with no rows.
/// </summary>
/// <param name="sums">The sums, in the order in which their slots were given.</param>
public delegate double BucketStatistic(ReadOnlySpan<double> sums);
