namespace Assay.Statistics.WeakSlices;

/// <summary>A slice on which the model is weaker than on all rows, as the search found it.</summary>
/// <param name="Predicates">What its rows have in common, by column.</param>
/// <param name="Rows">How many rows, of those that were searched.</param>
/// <param name="Loss">The sum of their losses.</param>
/// <param name="Score">How weak and how large it is at once (<see cref="SliceScore"/>), above 0.</param>
public sealed record FoundSlice(IReadOnlyList<SlicePredicate> Predicates, int Rows, double Loss, double Score) : IComparable<FoundSlice>
{
    /// <summary>The mean of its losses.</summary>
    public double MeanLoss => Loss / Rows;

    /// <summary>Weaker first: by score, the higher first; of equal ones that with fewer predicates, then that whose columns and bins come first.</summary>
    public int CompareTo(FoundSlice? other)
    {
        if (other is null)
            return -1;
        var order = other.Score.CompareTo(Score);
        if (order == 0)
            order = Predicates.Count.CompareTo(other.Predicates.Count);
        for (var i = 0; order == 0 && i < Predicates.Count; i++)
            order = Predicates[i].CompareTo(other.Predicates[i]);
        return order;
    }

    public bool Equals(FoundSlice? other) => other is not null && CompareTo(other) == 0 && Rows == other.Rows && Loss.Equals(other.Loss);

    public override int GetHashCode() => HashCode.Combine(Score, Rows, Predicates[0]);

    public static bool operator <(FoundSlice left, FoundSlice right) => left.CompareTo(right) < 0;
    public static bool operator >(FoundSlice left, FoundSlice right) => left.CompareTo(right) > 0;
    public static bool operator <=(FoundSlice left, FoundSlice right) => left.CompareTo(right) <= 0;
    public static bool operator >=(FoundSlice left, FoundSlice right) => left.CompareTo(right) >= 0;
}
