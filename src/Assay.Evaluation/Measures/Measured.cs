using Assay.Statistics;

namespace Assay.Evaluation.Measures;

/// <summary>One number that was measured, or why there is none.</summary>
/// <param name="Value">The number; null with an <paramref name="Error"/>.</param>
/// <param name="N">How many rows it rests on.</param>
/// <param name="Interval">Its interval; null for numbers that are shown without one.</param>
/// <param name="Method">How the interval was computed.</param>
/// <param name="Error">Why there is no number.</param>
internal sealed record Measured(double? Value, long N, Interval? Interval = null, string? Method = null, string? Error = null)
{
    /// <summary>The same number before chance was taken off; null where nothing was.</summary>
    public double? Raw { get; init; }

    public static Measured Failed(long n, string error) => new(null, n, Error: error);
}

/// <summary>A difference to another model on the same rows.</summary>
internal sealed record Difference(double Baseline, double Delta, Interval? Interval, string? Method);
