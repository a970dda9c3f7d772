using System.Globalization;
using System.Text;

namespace Assay.Cli.Surface;

/// <summary>How facts are written in a terminal.</summary>
internal static class Words
{
    /// <summary>The first twelve digits of a digest, as everywhere.</summary>
    public static string Short(string? digest) => digest is null ? "–" : digest.Replace("sha256:", "", StringComparison.Ordinal) is { Length: >= 12 } hex ? hex[..12] : digest;

    /// <summary>A moment: absolute, and how long ago.</summary>
    public static string Moment(DateTimeOffset? at, DateTimeOffset now) => at is { } time ? $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z ({Age(now - time)})" : "–";

    /// <summary>How long ago, in its two largest units.</summary>
    public static string Age(TimeSpan age) => age.Duration() switch
    {
        { TotalSeconds: < 90 } s => Ago($"{(long)s.TotalSeconds} s", age),
        { TotalMinutes: < 90 } m => Ago($"{(long)m.TotalMinutes} min", age),
        { TotalHours: < 48 } h => Ago($"{(long)h.TotalHours} h {h.Minutes} min", age),
        var d => Ago($"{(long)d.TotalDays} d {d.Hours} h", age),
    };

    /// <summary>A number as short as it is exact to four digits.</summary>
    public static string Number(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>Lines in columns, for pipes as well as terminals: nothing is cut or wrapped, so that digests can be found and copied.</summary>
    public static string Columns(IEnumerable<IReadOnlyList<string>> rows, string indent = "  ")
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return "";
        var widths = Enumerable.Range(0, all.Max(r => r.Count)).Select(i => all.Max(r => i < r.Count ? r[i].Length : 0)).ToList();
        var text = new StringBuilder();
        foreach (var row in all)
            text.AppendLine((indent + string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i])))).TrimEnd());
        return text.ToString().TrimEnd('\n');
    }

    static string Ago(string text, TimeSpan age) => age < TimeSpan.Zero ? $"in {text}" : $"{text} ago";
}
