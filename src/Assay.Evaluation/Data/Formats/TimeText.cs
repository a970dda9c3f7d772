using System.Globalization;

namespace Assay.Evaluation.Data.Formats;

/// <summary>Points in time as text: RFC 3339 in UTC, with no more digits of the second than it needs. What has no zone is taken as UTC.</summary>
internal static class TimeText
{
    const long NanosPerTick = 100, TicksPerMicro = 10;
    static readonly long Least = (DateTime.MinValue - DateTime.UnixEpoch).Ticks, Most = (DateTime.MaxValue - DateTime.UnixEpoch).Ticks;

    /// <summary>Microseconds since 1970; null outside of the years 1 to 9999.</summary>
    public static string? OfMicros(long micros) =>
        micros < Least / TicksPerMicro || micros > Most / TicksPerMicro ? null
        : DateTime.UnixEpoch.AddTicks(micros * TicksPerMicro).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Nanoseconds since 1970.</summary>
    public static string OfNanos(long nanos)
    {
        var (ticks, rest) = Math.DivRem(nanos, NanosPerTick);
        if (rest == 0)
            return DateTime.UnixEpoch.AddTicks(ticks).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
        if (rest < 0)
            (ticks, rest) = (ticks - 1, rest + NanosPerTick);
        return string.Create(CultureInfo.InvariantCulture, $"{DateTime.UnixEpoch.AddTicks(ticks):yyyy-MM-dd'T'HH:mm:ss.fffffff}{rest:00}").TrimEnd('0') + "Z";
    }
}
