using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Assay.Evaluation.Data.Formats;

/// <summary>Decimals, dates and times of Arrow as text.</summary>
internal static class ArrowText
{
    /// <summary>The value in this row; null when it is out of its range.</summary>
    public static string? Of(IArrowArray from, int row) => from switch
    {
        Decimal32Array a => a.GetString(row),
        Decimal64Array a => a.GetString(row),
        Decimal128Array a => a.GetString(row),
        Decimal256Array a => a.GetString(row),
        Date32Array a => a.GetDateTime(row)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Date64Array a => a.GetDateTime(row)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimestampArray a => Time(a, row),
        Time32Array a => a.GetTime(row)?.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        Time64Array a => a.GetTime(row)?.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        _ => null,
    };

    static string? Time(TimestampArray times, int row)
    {
        var value = times.Values[row];
        return ((TimestampType)times.Data.DataType).Unit switch
        {
            TimeUnit.Second => Math.Abs(value) > long.MaxValue / 1_000_000 ? null : TimeText.OfMicros(value * 1_000_000),
            TimeUnit.Millisecond => Math.Abs(value) > long.MaxValue / 1000 ? null : TimeText.OfMicros(value * 1000),
            TimeUnit.Microsecond => TimeText.OfMicros(value),
            _ => TimeText.OfNanos(value),
        };
    }
}
