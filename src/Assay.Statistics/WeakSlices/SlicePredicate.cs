namespace Assay.Statistics.WeakSlices;

/// <summary>One condition of a slice: a column's value lies in one bin.</summary>
/// <param name="Column">The column's number.</param>
/// <param name="Bin">The bin's number.</param>
public readonly record struct SlicePredicate(int Column, int Bin) : IComparable<SlicePredicate>
{
    /// <summary>By column, then by bin.</summary>
    public int CompareTo(SlicePredicate other) => Column != other.Column ? Column.CompareTo(other.Column) : Bin.CompareTo(other.Bin);

    /// <summary>How people read it, such as <c>country = DE</c>.</summary>
    public string Shown(BinnedRows rows) => $"{rows.Columns[Column].Name} = {rows.Columns[Column].Bins[Bin]}";

    public static bool operator <(SlicePredicate left, SlicePredicate right) => left.CompareTo(right) < 0;
    public static bool operator >(SlicePredicate left, SlicePredicate right) => left.CompareTo(right) > 0;
    public static bool operator <=(SlicePredicate left, SlicePredicate right) => left.CompareTo(right) <= 0;
    public static bool operator >=(SlicePredicate left, SlicePredicate right) => left.CompareTo(right) >= 0;
}
