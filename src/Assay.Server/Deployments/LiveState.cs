using Assay.Server.Storage;

namespace Assay.Server.Deployments;

/// <summary>Reads what is live: the newest claim and the open sightings, each with its age.</summary>
public sealed class LiveState(Environments environments)
{
    /// <summary>A slot as it was known at a time (now, or a moment of the past).</summary>
    public async Task<LiveSlot> Of(Tx tx, SlotName slot, DateTimeOffset at)
    {
        var environment = await environments.Of(tx, slot.Environment);
        (string, object?)[] args = [("environment", slot.Environment), ("model", slot.Model), ("slot", slot.Slot), ("at", at)];
        var reports = await tx.All(ReportSql.Newest, args);
        var sightings = await tx.All(ObservationSql.At, args);
        var watches = await tx.All(ObservationSql.Watches, args);
        var patience = environment.Grace.StaleObservation;
        var counts = Counting(environment);
        return new(slot, environment, Claim(reports),
            [.. sightings.Where(s => counts(s.Source)).Select(s => s with { Stale = at - s.LastHeard > patience })],
            [.. watches.Where(w => counts(w.Source)).Select(w => Seen(w, sightings, at, patience)), .. Silent(environment, watches, at)]);
    }

    /// <summary>Every slot that somebody reported or watches.</summary>
    public Task<List<SlotName>> Slots(Tx tx) => tx.All(ObservationSql.Slots);

    /// <summary>What was seen in a slot, newest first.</summary>
    public Task<List<Sighting>> History(Tx tx, SlotName slot) =>
        tx.All(ObservationSql.History, ("environment", slot.Environment), ("model", slot.Model), ("slot", slot.Slot));

    /// <summary>The newest claim that still stands: a failed deployment changes nothing, a removal takes away what it names.</summary>
    internal static Report? Claim(IReadOnlyList<Report> newestFirst)
    {
        var removed = newestFirst.TakeWhile(r => r.Status is not ReportStatus.Deployed).Where(r => r.Status is ReportStatus.Removed).Select(r => r.Digest).ToHashSet();
        return newestFirst.FirstOrDefault(r => r.Status is ReportStatus.Deployed) is { } newest && !removed.Contains(newest.Digest) ? newest : null;
    }

    /// <summary>Where the environment declares its agents, only they count.</summary>
    static Func<string, bool> Counting(EnvironmentView environment) => environment.Agents.Count == 0 ? _ => true : environment.Agents.Contains;

    static Observer Seen(Watch watch, List<Sighting> sightings, DateTimeOffset at, TimeSpan patience)
    {
        // Of the past only the intervals tell what was known then.
        var knew = watch.KnewAt is { } known && known <= at ? known : sightings.Where(s => s.Source == watch.Source).Select(s => (DateTimeOffset?)(s.LastHeard < at ? s.LastHeard : at)).Max();
        return new(watch.Source, knew, knew is null || at - knew > patience, watch.Complete, watch.Seq, watch.FirstAt);
    }

    static IEnumerable<Observer> Silent(EnvironmentView environment, List<Watch> watches, DateTimeOffset at) =>
        environment.Agents.Where(a => !watches.Exists(w => w.Source == a)).Select(a => new Observer(a, null, true, false, 0, environment.At ?? at));
}
