using System.Globalization;
using Assay.Evaluation.Data;

namespace Assay.Evaluation.Profiles;

/// <summary>The time of a row: a date, or a number such as seconds since 1970. Times of different kinds have no order.</summary>
internal readonly record struct Moment(bool IsDate, long Ticks, double Number) : IComparable<Moment>
{
    public int CompareTo(Moment other) => IsDate ? Ticks.CompareTo(other.Ticks) : Number.CompareTo(other.Number);

    /// <summary>The time of a row; null where there is none. Throws <see cref="DataException"/> that names the row when it is no time.</summary>
    public static Moment? Of(DataVector vector, int row, long firstRow)
    {
        if (vector.Texts is not { } texts)
            return double.IsNaN(vector.Numbers![row]) ? null : new(false, 0, vector.Numbers[row]);
        if (texts[row] is not { Length: > 0 } text)
            return null;
        if (DataNumbers.TryParse(text, out var number))
            return double.IsNaN(number) ? null : new(false, 0, number);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? new(true, date.UtcTicks, 0) : throw new DataException($"row {firstRow + row} has {DataNumbers.Shown(text)} in the column {vector.Name}, which is no time.");
    }

    /// <summary>As people read it.</summary>
    public override string ToString() => IsDate ? new DateTimeOffset(Ticks, TimeSpan.Zero).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture) : Number.ToString("R", CultureInfo.InvariantCulture);
}
