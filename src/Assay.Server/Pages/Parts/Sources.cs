using Assay.Server.Deployments;
using Assay.Server.Identity;
using Assay.Server.Pages.Overview;
using Assay.Server.Storage;

namespace Assay.Server.Pages.Parts;

/// <summary>Who observes, put together from what each slot's observers last said.</summary>
internal sealed class Sources(LiveState live)
{
    /// <summary>Every observer of slots that the caller sees, the silent ones first.</summary>
    public async Task<IReadOnlyList<SourceRow>> Seen(Tx tx, Sees sees, DateTimeOffset now, string? environment = null)
    {
        List<(LiveSlot Slot, Observer Observer)> seen = [];
        foreach (var name in (await live.Slots(tx)).Where(slot => (environment is null || slot.Environment == environment) && sees.Slot(slot.Model, slot.Environment)))
        {
            var slot = await live.Of(tx, name, now);
            seen.AddRange(slot.Observers.Select(observer => (slot, observer)));
        }
        return [.. seen.GroupBy(one => (one.Observer.Name, one.Slot.Slot.Environment)).Select(Row).OrderByDescending(row => row.Stale).ThenBy(row => row.Name, StringComparer.Ordinal)];
    }

    static SourceRow Row(IGrouping<(string Name, string Environment), (LiveSlot Slot, Observer Observer)> group)
    {
        var slots = group.Count();
        var digests = group.SelectMany(one => one.Slot.Observed.Where(sighting => sighting.Source == group.Key.Name)).Select(sighting => sighting.Digest).Distinct().Count();
        return new(group.Key.Name, group.Key.Environment, group.Max(one => one.Observer.LastHeard), group.Any(one => one.Observer.Stale), group.First().Slot.Environment.Grace.StaleObservation,
            $"{slots} {(slots == 1 ? "slot" : "slots")}, {digests} {(digests == 1 ? "digest" : "digests")}");
    }
}
