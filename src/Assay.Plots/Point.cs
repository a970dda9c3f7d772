namespace Assay.Plots;

/// <summary>One value of a series. Both numbers are the data's own; <see cref="Y"/> may be NaN or infinite, <see cref="X"/> is finite.</summary>
/// <param name="X">Step, or milliseconds since 1970 on a time axis.</param>
/// <param name="Y">The value.</param>
public readonly record struct Point(double X, double Y);
