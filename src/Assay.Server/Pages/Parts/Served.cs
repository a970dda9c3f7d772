using Assay.Plots;
using Assay.Server.Deployments;
using Assay.Server.Promotions;
using Assay.Server.Storage;

namespace Assay.Server.Pages.Parts;

/// <summary>The strip of what served a slot, by observation.</summary>
internal sealed class Served(LiveState live, PromotionBook book, SlotLines slots)
{
    const int MostLanes = 8;

    /// <summary>Null when nothing was ever seen there.</summary>
    public async Task<Strip?> Of(Tx tx, SlotName slot, DateTimeOffset now)
    {
        var history = (await live.History(tx, slot)).Where(sighting => sighting.FirstSeen <= now).ToArray();
        if (history.Length == 0)
            return null;
        var approved = (await book.History(tx, slot.Model, slot.Environment, slot.Slot)).Select(promotion => promotion.Digest).ToHashSet();
        // What was heard within the patience of its environment counts as known until now, here as everywhere.
        var state = await live.Of(tx, slot, now);
        var patience = state.Environment.Grace.StaleObservation;
        List<Lane> lanes = [];
        foreach (var digest in history.GroupBy(sighting => sighting.Digest).OrderBy(group => group.Min(sighting => sighting.FirstSeen)).TakeLast(MostLanes))
        {
            var version = await slots.Ref(tx, slot.Model, digest.Key);
            var name = version.Number is null ? digest.Key.Hex[..8] : version.Name;
            lanes.Add(new(approved.Contains(digest.Key) ? name : name + ", not approved", [.. digest.OrderBy(sighting => sighting.FirstSeen).Select(sighting => new Stretch(sighting.FirstSeen, sighting.EndedAt ?? (now - sighting.LastHeard <= patience ? now : sighting.LastHeard)))], !approved.Contains(digest.Key)));
        }
        var from = lanes.Min(lane => lane.Seen.Min(seen => seen.From));
        return new($"served-{slot.Environment}", from, now, lanes, Unseen(history, from, now, state));
    }

    /// <summary>When nobody looked: after the last word of every source, and between the stretches in which any was heard.</summary>
    static IReadOnlyList<Stretch> Unseen(IReadOnlyList<Sighting> history, DateTimeOffset from, DateTimeOffset now, LiveSlot slot)
    {
        var patience = slot.Environment.Grace.StaleObservation;
        List<Stretch> gaps = [];
        var until = from;
        foreach (var sighting in history.OrderBy(sighting => sighting.FirstSeen))
        {
            if (sighting.FirstSeen - until > patience)
                gaps.Add(new(until, sighting.FirstSeen));
            var end = sighting.LastHeard;
            until = end > until ? end : until;
        }
        if (slot.Observers.Select(observer => observer.LastHeard).Max() is { } heard && heard > until)
            until = heard;
        if (now - until > patience)
            gaps.Add(new(until, now));
        return gaps;
    }
}
