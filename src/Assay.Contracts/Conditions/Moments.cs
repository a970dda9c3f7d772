using System.Globalization;

namespace Assay.Contracts.Conditions;

/// <summary>Moments as conditions count them: seconds since 1970-01-01T00:00:00Z, exact to a microsecond for the next centuries.</summary>
public static class Moments
{
    static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>A moment in seconds.</summary>
    public static double Seconds(DateTimeOffset moment) => (moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond;

    /// <summary>Reads a moment in RFC 3339 form, such as <c>2026-01-31T12:00:00Z</c>; an offset or Z must be there.</summary>
    public static bool TryRead(string text, out double seconds)
    {
        var read = DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment);
        seconds = read ? Seconds(moment) : double.NaN;
        return read;
    }
}
