namespace Assay.Statistics;

/// <summary>A two-sided interval for one number.</summary>
/// <param name="Level">The nominal coverage, in (0, 1), such as 0.95.</param>
/// <param name="Low">The lower bound; negative infinity when nothing bounds it.</param>
/// <param name="High">The upper bound; positive infinity when nothing bounds it.</param>
public readonly record struct Interval(double Level, double Low, double High)
{
    /// <summary>
    /// Does it lie outside the designs where its coverage was simulated (docs/statistics.md): too few rows, too few of a class, too skewed? Its level is
    /// then a hope, and whoever shows it says so.
    /// </summary>
    public bool Approximate { get; init; }

    /// <summary>The interval that says nothing: what too few observations allow.</summary>
    public static Interval Unbounded(double level) => new(level, double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Does the closed interval hold the value?</summary>
    public bool Contains(double value) => Low <= value && value <= High;

    /// <summary>High minus low.</summary>
    public double Width => High - Low;

    /// <summary>The part inside [<paramref name="least"/>, <paramref name="greatest"/>], where a quantity can be nowhere else.</summary>
    public Interval Clip(double least, double greatest) => this with { Low = Math.Clamp(Low, least, greatest), High = Math.Clamp(High, least, greatest) };

    internal static void Check(double level)
    {
        if (!(level > 0 && level < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies between 0 and 1, such as 0.95.");
    }
}
