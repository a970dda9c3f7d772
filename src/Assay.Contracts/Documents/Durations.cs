using System.Globalization;

namespace Assay.Contracts.Documents;

/// <summary>Durations as people write them: <c>30d</c>, <c>12h</c>, <c>10m</c>, <c>5s</c>.</summary>
public static class Durations
{
    /// <summary>Reads one; whole numbers only, at most 100 years.</summary>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        if (text.Length < 2 || !long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        var seconds = text[^1] switch { 'd' => 86_400L, 'h' => 3_600L, 'm' => 60L, 's' => 1L, _ => 0L };
        if (seconds == 0 || count > 100L * 366 * 86_400 / seconds)
            return false;
        value = TimeSpan.FromSeconds(count * seconds);
        return true;
    }

    /// <summary>The largest unit that says it exactly, as it is written; smaller parts are rounded down to seconds.</summary>
    public static string Text(TimeSpan value) =>
        value.Ticks % TimeSpan.TicksPerDay == 0 && value.Ticks > 0 ? $"{value.Ticks / TimeSpan.TicksPerDay}d"
        : value.Ticks % TimeSpan.TicksPerHour == 0 && value.Ticks > 0 ? $"{value.Ticks / TimeSpan.TicksPerHour}h"
        : value.Ticks % TimeSpan.TicksPerMinute == 0 && value.Ticks > 0 ? $"{value.Ticks / TimeSpan.TicksPerMinute}m"
        : $"{value.Ticks / TimeSpan.TicksPerSecond}s";
}
