using System.Globalization;

namespace Assay.Plots;

/// <summary>One line of the grid and its word.</summary>
/// <param name="At">The value.</param>
/// <param name="Text">As it is written.</param>
public readonly record struct Tick(double At, string Text);

/// <summary>Where the grid lines go: at most five, at round numbers.</summary>
public static class Ticks
{
    /// <summary>More lines than this are noise.</summary>
    public const int Most = 5;

    static readonly (double Step, int Decimals)[] Steps = [(1, 0), (2, 0), (2.5, 1), (5, 0), (10, -1)];

    static readonly TimeSpan[] Spans =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
        TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(7), TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(91), TimeSpan.FromDays(365),
    ];

    /// <summary>Round numbers inside the scale, at most so many (2 to 5).</summary>
    public static IReadOnlyList<Tick> Of(Scale scale, int most = Most)
    {
        most = Math.Clamp(most, 2, Most);
        var width = scale.High - scale.Low;
        if (!double.IsFinite(width))
            return [new(scale.Low, Figures.Of(scale.Low)), new(scale.High, Figures.Of(scale.High))];
        var magnitude = (int)Math.Floor(Math.Log10(width / (most - 1)));
        foreach (var (round, more) in Steps)
        {
            var step = round * Math.Pow(10, magnitude);
            var decimals = Math.Clamp(more - magnitude, 0, 15);
            var first = Math.Ceiling(scale.Low / step);
            var last = Math.Floor(scale.High / step);
            if (last - first < most)
                return [.. Enumerable.Range(0, Math.Max(0, (int)(last - first) + 1)).Select(nth => At((first + nth) * step, decimals))];
        }
        return [];
    }

    /// <summary>Round moments inside a stretch of time, in UTC.</summary>
    public static IReadOnlyList<Tick> Of(DateTimeOffset from, DateTimeOffset to)
    {
        var span = Spans.FirstOrDefault(span => (to - from) / span <= Most - 1, TimeSpan.FromDays(365 * Math.Max(1, Math.Ceiling((to - from).TotalDays / 365 / (Most - 1)))));
        var first = (from.UtcTicks + span.Ticks - 1) / span.Ticks * span.Ticks;
        var form = span < TimeSpan.FromMinutes(1) ? "HH:mm:ss" : span < TimeSpan.FromDays(1) ? "HH:mm" : span < TimeSpan.FromDays(300) ? "d MMM" : "yyyy";
        var ticks = new List<Tick>();
        for (var at = first; at <= to.UtcTicks; at += span.Ticks)
        {
            var moment = new DateTimeOffset(at, TimeSpan.Zero);
            ticks.Add(new(moment.ToUnixTimeMilliseconds(), moment.ToString(form, CultureInfo.InvariantCulture)));
        }
        return ticks;
    }

    static Tick At(double value, int decimals)
    {
        var clean = Math.Round(value, decimals);
        return new(clean, Math.Abs(clean) is >= 1e7 or (> 0 and < 1e-6) ? Figures.Of(clean) : Figures.Fixed(clean, decimals));
    }
}
