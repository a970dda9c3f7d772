namespace Assay.Statistics;

/// <summary>Whole parts of products that would be whole on paper: 0.07 · 100 is a little above 7 in binary (evaluation.md §5.1).</summary>
internal static class Guarded
{
    const double Guard = 1e-9;

    /// <summary>⌈x⌉, where up to 1e-9 above a whole number is that number.</summary>
    public static long Ceiling(double x) => (long)Math.Ceiling(x - Guard);

    /// <summary>⌊x⌋, where up to 1e-9 below a whole number is that number.</summary>
    public static long Floor(double x) => (long)Math.Floor(x + Guard);
}
