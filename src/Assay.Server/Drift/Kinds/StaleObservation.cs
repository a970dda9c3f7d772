using Assay.Contracts.Documents;

namespace Assay.Server.Drift.Kinds;

/// <summary>An observer is silent for longer than the environment allows: what runs there is unknown, never green.</summary>
internal static class StaleObservation
{
    public static IEnumerable<Finding> Find(SlotView slot, DateTimeOffset now) =>
        from observer in slot.Live.Observers
        where observer.Stale
        let last = slot.Live.Observed.Where(s => s.Source == observer.Name).Select(s => s.Digest.Short).Distinct().ToList()
        let heard = observer.LastHeard is null ? "never told what runs" : last.Count > 0 ? $"last saw {string.Join(", ", last)}, longer ago than {Durations.Text(slot.Grace.StaleObservation)}" : $"is silent for longer than {Durations.Text(slot.Grace.StaleObservation)}"
        select slot.Find("stale-observation", Severity.High, null, observer.Name, observer.LastHeard ?? observer.WatchesSince, TimeSpan.Zero, now,
            $"{observer.Name} {heard} in {slot.Name.Environment}/{slot.Name.Slot}: what is live there is unknown.",
            $"Look at the observer and at what it asks: assay agent --env {slot.Name.Environment} --once …", source: observer.Name);
}
