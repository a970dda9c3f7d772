using System.Globalization;
using Assay.Contracts;
using Assay.Contracts.Documents;

namespace Assay.Server.Pages.Layout;

/// <summary>Times and ages as people read them. UTC is always written.</summary>
public static class Moments
{
    /// <summary><c>2 Nov 02:14 UTC</c>; the year stands there when it is not the reader's, seconds where order within a minute matters.</summary>
    public static string Text(DateTimeOffset at, DateTimeOffset now, bool seconds = false)
    {
        var day = at.UtcDateTime.Year == now.UtcDateTime.Year ? "d MMM" : "d MMM yyyy";
        return at.UtcDateTime.ToString(day + (seconds ? " HH:mm:ss" : " HH:mm"), CultureInfo.InvariantCulture) + " UTC";
    }

    /// <summary>The form machines read, to the second.</summary>
    public static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>How long: <c>9 s</c>, <c>11 min</c>, <c>1 h 4 min</c>, <c>6 d 17 h</c>. Never more than two units.</summary>
    public static string Span(TimeSpan span)
    {
        if (span < TimeSpan.Zero)
            return "\u2212" + Span(span.Negate());
        return span switch
        {
            { TotalSeconds: < 1 } => "under 1 s",
            { TotalSeconds: < 120 } => $"{(int)span.TotalSeconds} s",
            { TotalMinutes: < 60 } => $"{(int)span.TotalMinutes} min",
            { TotalHours: < 24 } => span.Minutes == 0 ? $"{(int)span.TotalHours} h" : $"{(int)span.TotalHours} h {span.Minutes} min",
            { TotalDays: < 14 } => span.Hours == 0 ? $"{span.Days} d" : $"{span.Days} d {span.Hours} h",
            _ => $"{span.Days} d",
        };
    }

    /// <summary><c>9 s ago</c>; a moment ahead of us (clocks differ) is <c>just now</c> up to a minute, then <c>in 3 min</c>.</summary>
    public static string Age(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalSeconds: < -60 } ahead => "in " + Span(ahead.Negate()),
        { TotalSeconds: < 1 } => "just now",
        var age => Span(age) + " ago",
    };

    /// <summary>Reads <c>?at=</c>: nothing or <c>now</c> is null, else <c>2026-11-02T02:00Z</c> or <c>-6h</c>.</summary>
    public static Result<DateTimeOffset?> Read(string? text, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(text) || text == "now")
            return (DateTimeOffset?)null;
        if (text[0] == '-' && Durations.TryParse(text[1..], out var back))
            return (DateTimeOffset?)(now - back);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? (DateTimeOffset?)at
            : new Refusal(RefusalKind.Invalid, "bad-time", $"'{text}' is no moment", "Give now, a time such as 2026-11-02T02:00Z, or a span back such as -6h.", "at");
    }
}
