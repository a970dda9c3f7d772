namespace Assay.Plots;

/// <summary>One event on a lane.</summary>
/// <param name="At">When.</param>
/// <param name="Lane">Which lane, from 0.</param>
/// <param name="Bad">Something that went wrong; drawn larger and red.</param>
public readonly record struct Happening(DateTimeOffset At, int Lane, bool Bad = false);

/// <summary>What happened in a stretch of time, by kind: one shared axis, so that what belongs together stands together.</summary>
/// <param name="Id">Unique on its page.</param>
/// <param name="From">Left end.</param>
/// <param name="To">Right end, "now".</param>
/// <param name="Names">The lanes from top to bottom.</param>
/// <param name="Events">In any order; outside the stretch they are left out.</param>
public sealed record EventLanes(string Id, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> Names, IReadOnlyList<Happening> Events)
{
    const int Step = 17, Foot = 16;

    /// <summary>The picture. All events must also stand in a list beside it.</summary>
    /// <param name="title">What it is about.</param>
    public string Draw(string title)
    {
        var high = Names.Count * Step + 3;
        var scale = new Scale(From.ToUnixTimeMilliseconds(), To.ToUnixTimeMilliseconds());
        var shown = Events.Where(one => one.At >= From && one.At <= To).OrderBy(one => one.At).ToArray();
        var svg = new Svg(high + Foot, Id, title, Description(shown));
        svg.Upright("ax", 0, 0, high);
        foreach (var tick in Ticks.Of(From, To))
        {
            var x = scale.Of(tick.At);
            svg.Upright("ax", x, 0, high);
            if (x < 0.85)
                svg.Word(x, high + Foot - 3, tick.Text, anchor: x < 0.07 ? "start" : "middle");
        }
        svg.Upright("ax0", 1, 0, high);
        svg.Word(1, high + Foot - 3, "now", anchor: "end");
        for (var lane = 0; lane < Names.Count; lane++)
            svg.Word(0, 13 + lane * Step, Names[lane], shift: 4);
        foreach (var one in shown)
            svg.Dot(one.Bad ? "pt s-bad" : $"pt f{one.Lane % 4 + 1}", scale.Of(one.At.ToUnixTimeMilliseconds()), 9 + one.Lane * Step, one.Bad ? 6 : 5);
        return svg.Done();
    }

    string Description(Happening[] shown) => shown.Length == 0
        ? "Nothing happened in this time."
        : string.Join(", ", shown.GroupBy(one => one.Lane).OrderBy(lane => lane.Key).Select(lane => $"{Names[lane.Key]}: {lane.Count()}, last at {lane.Max(one => one.At).UtcDateTime:HH:mm}")) + ". Every event is in the list.";
}
