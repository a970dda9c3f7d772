using Assay.Statistics;

namespace Assay.Evaluation.Measures;

/// <summary>Numbers of leakage and skew, for which less is better.</summary>
internal static class Facts
{
    /// <summary>A count or a share of exactly these rows: nothing is uncertain about it, so its interval is the number itself.</summary>
    public static MetricResult Exact(string name, double value, long n, double level, string? feature = null) =>
        Of(name, new(value, n, new Interval(level, value, value), "exact"), feature);

    /// <summary>A share of rows that stand for others, with the interval of Clopper and Pearson.</summary>
    public static MetricResult Share(string name, long hits, long n, double level, string? feature = null, bool higherIsBetter = false) => n == 0
        ? Failed(name, 0, "there is no row to compare", feature, higherIsBetter)
        : new(new(name, higherIsBetter) { Feature = feature }, new((double)hits / n, n, Proportions.ClopperPearson(hits, n, level), "clopper-pearson"), null);

    /// <summary>Any other number.</summary>
    public static MetricResult Of(string name, Measured value, string? feature = null, string? status = null) => new(new(name, false) { Feature = feature }, value, null, status);

    /// <summary>No number, for something went wrong.</summary>
    public static MetricResult Failed(string name, long n, string error, string? feature = null, bool higherIsBetter = false) => new(new(name, higherIsBetter) { Feature = feature }, Measured.Failed(n, error), null);

    /// <summary>No number, for there can be none with what was given: said, and no mistake of the run.</summary>
    public static MetricResult NotMeasured(string name, long n, string why, string? feature = null) => new(new(name, false) { Feature = feature }, Measured.Failed(n, why), null, Unmeasured);

    /// <summary>The status of what cannot be measured with what was given.</summary>
    public const string Unmeasured = "not_measured";
}
