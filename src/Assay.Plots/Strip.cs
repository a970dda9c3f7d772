using System.Globalization;

namespace Assay.Plots;

/// <summary>A stretch of time in which something was seen.</summary>
/// <param name="From">When it was first seen so.</param>
/// <param name="To">When it was last seen so.</param>
public readonly record struct Stretch(DateTimeOffset From, DateTimeOffset To);

/// <summary>One lane of a strip: one digest.</summary>
/// <param name="Name">The version, or "not approved".</param>
/// <param name="Seen">When it served. Gaps stay gaps: what was not seen is not joined.</param>
/// <param name="Unapproved">It served without approval.</param>
public sealed record Lane(string Name, IReadOnlyList<Stretch> Seen, bool Unapproved = false);

/// <summary>What served, by observation: a lane per digest over one time axis in UTC.</summary>
/// <param name="Id">Unique on its page.</param>
/// <param name="From">Left end.</param>
/// <param name="To">Right end.</param>
/// <param name="Lanes">From top to bottom.</param>
/// <param name="Unknown">When nobody looked: hatched over all lanes.</param>
public sealed record Strip(string Id, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Lane> Lanes, IReadOnlyList<Stretch> Unknown)
{
    const int Step = 21, Thick = 14, Foot = 20;

    /// <summary>The picture.</summary>
    /// <param name="title">What it is about.</param>
    public string Draw(string title)
    {
        var high = Lanes.Count * Step + 3;
        var scale = new Scale(From.ToUnixTimeMilliseconds(), Math.Max(From.ToUnixTimeMilliseconds() + 1000, To.ToUnixTimeMilliseconds()));
        var svg = new Svg(high + Foot, Id, title, Description());
        foreach (var tick in Ticks.Of(From, To))
        {
            var x = scale.Of(tick.At);
            svg.Upright("ax", x, 0, high);
            svg.Word(x, high + Foot - 4, tick.Text, anchor: x > 0.9 ? "end" : x < 0.1 ? "start" : "middle");
        }
        foreach (var gap in Unknown)
            svg.Bar("unseen", At(scale, gap.From), At(scale, gap.To), 0, high);
        for (var nth = 0; nth < Lanes.Count; nth++)
            Draw(svg, Lanes[nth], nth, scale);
        return svg.Done();
    }

    static void Draw(Svg svg, Lane lane, int nth, Scale scale)
    {
        var top = 6 + nth * Step;
        foreach (var seen in lane.Seen)
            svg.Bar(lane.Unapproved ? "bar s-bad" : $"bar f{nth % 4 + 1}", At(scale, seen.From), At(scale, seen.To), top, Thick);
        if (lane.Seen.Count == 0)
            return;
        var first = At(scale, lane.Seen.Min(seen => seen.From));
        var last = At(scale, lane.Seen.Max(seen => seen.To));
        if (last < 0.7)
            svg.Word(last, top + 11, lane.Name, "on", 6);
        else if (first > 0.3)
            svg.Word(first, top + 11, lane.Name, "on", -6, "end");
        else
            svg.Word(first, top + 11, lane.Name, "on in", 6);
    }

    /// <summary>Each lane in words, and when nobody looked.</summary>
    public string Description()
    {
        var said = Lanes.Select(lane => lane.Seen.Count == 0
            ? $"{lane.Name} was never seen."
            : $"{lane.Name} {string.Join(", ", lane.Seen.Select(Words))}.").ToList();
        if (Unknown.Count > 0)
            said.Add($"Unknown {string.Join(", ", Unknown.Select(Words))}.");
        return said.Count == 0 ? "Nothing was observed." : string.Join(" ", said);
    }

    static string Words(Stretch stretch) => string.Create(CultureInfo.InvariantCulture, $"from {stretch.From.UtcDateTime:d MMM HH:mm} to {stretch.To.UtcDateTime:d MMM HH:mm} UTC");

    static double At(Scale scale, DateTimeOffset moment) => scale.Of(moment.ToUnixTimeMilliseconds());
}
