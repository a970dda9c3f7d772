namespace Assay.Statistics.WeakSlices;

/// <summary>What is sought, and with how much machine.</summary>
public sealed record SliceOptions
{
    /// <summary>The most predicates of a slice, 1 to 3.</summary>
    public int Predicates { get; init => field = value is >= 1 and <= 3 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A slice has 1 to 3 predicates."); } = 3;

    /// <summary>How many slices are listed, from 1.</summary>
    public int Top { get; init => field = value is >= 1 and <= 1000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "From 1 to 1000 slices are listed."); } = 10;

    /// <summary>The weight of loss against size in the score, in (0, 1].</summary>
    public double Alpha { get; init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The weight lies above 0 and up to 1."); } = 0.99;

    /// <summary>A slice has at least so many rows, from 1.</summary>
    public int LeastRows { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A slice has at least one row."); } = 32;

    /// <summary>A slice has at least this share of all rows, 0.004 to 1: so at most 250 slices of the same columns exist, which bounds time and memory.</summary>
    public double LeastShare { get; init => field = value is >= 0.004 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The least share lies between 0.004 and 1."); } = 0.01;

    /// <summary>
    /// The rate of false finds among those confirmed (Benjamini and Hochberg's q), in (0, 1). Where nothing is weak, about this share of searches confirms
    /// something all the same: half of the one in ten that is allowed, so that the tests' own approximation does not break it.
    /// </summary>
    public double FalseFinds { get; init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The rate lies between 0 and 1."); } = 0.05;

    /// <summary>How many threads search at once; the answer does not depend on it.</summary>
    public int Threads { get; init => field = value is >= 1 and <= 64 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "From 1 to 64 threads search."); } = 2;

    /// <summary>The least rows of a slice among so many.</summary>
    public int Least(int rows) => Math.Max(LeastRows, (int)Math.Ceiling((rows * LeastShare) - 1e-9));
}
