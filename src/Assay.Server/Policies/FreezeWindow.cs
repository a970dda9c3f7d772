using System.Globalization;
using Assay.Contracts.Documents;

namespace Assay.Server.Policies;

/// <summary>A time in which nothing is promoted; rollbacks go on. As written, and in UTC (half open).</summary>
public sealed record FreezeWindow(string From, string To, string Zone, DateTimeOffset Starts, DateTimeOffset Ends)
{
    /// <summary>Is it frozen then?</summary>
    public bool Holds(DateTimeOffset now) => now >= Starts && now < Ends;

    /// <summary>Reads <c>{from, to, zone}</c>: local times of an IANA zone, UTC when none is named.</summary>
    internal static FreezeWindow Read(YamlMap map)
    {
        map.Only("from", "to", "zone");
        var name = map.TextOrNull("zone") ?? "UTC";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            map.Wrong("zone", $"zone '{name}' is not known on this machine; wanted an IANA name such as Europe/Berlin or UTC");
            zone = TimeZoneInfo.Utc;
        }
        var window = new FreezeWindow(map.Text("from"), map.Text("to"), name, Moment(map, "from", zone), Moment(map, "to", zone));
        if (window.Ends <= window.Starts && map.Has("from") && map.Has("to"))
            map.Wrong("to", $"to is '{window.To}'; wanted a time after from, '{window.From}'");
        return window;
    }

    static DateTimeOffset Moment(YamlMap map, string key, TimeZoneInfo zone)
    {
        var text = map.TextOrNull(key) ?? "";
        if (DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            // A local time that a clock change skips has no UTC form of its own: the offset before the change is taken.
            return new(local, zone.GetUtcOffset(local));
        if (text.Length > 0)
            map.Wrong(key, $"{key} is '{text}'; wanted a local time such as 2026-12-24T00:00");
        return default;
    }
}
