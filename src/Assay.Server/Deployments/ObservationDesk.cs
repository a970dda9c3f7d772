using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Deployments;

/// <summary>
/// Takes what observers see. Late and repeated observations are ignored, an incomplete one never takes anything away, and a gap longer than
/// the environment allows ends an interval: nobody knows what ran meanwhile.
/// </summary>
public sealed class ObservationDesk(Store store, Environments environments, LedgerWriter ledger, TimeProvider time)
{
    /// <summary>Takes one observation.</summary>
    public async Task<Result<ObservationTaken>> Take(Observation body, Principal by, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var read = ObservationReading.Read(body, now);
        if (read.Refusal is { } refusal)
            return refusal;
        return await store.Write(async Task<Result<ObservationTaken>> (tx) => await Take(tx, read.Value, by, now), ct);
    }

    async Task<ObservationTaken> Take(Tx tx, ReadObservation seen, Principal by, DateTimeOffset now)
    {
        await tx.Lock("deployments", $"{seen.Environment}/source/{seen.Source}");
        await environments.Name(tx, seen.Environment, by);
        if (await tx.First(ObservationSql.Source, ("environment", seen.Environment), ("source", seen.Source)) is { } before
            && (string.CompareOrdinal(seen.Epoch, before.Epoch), seen.Seq) is var (epoch, seq) && (epoch < 0 || (epoch == 0 && seq <= before.Seq)))
            return new(true, $"epoch {before.Epoch}, seq {before.Seq} of this source was taken before", []);
        await tx.Execute(ObservationSql.Hear, ("environment", seen.Environment), ("source", seen.Source), ("epoch", seen.Epoch), ("seq", seen.Seq), ("complete", seen.Complete),
            ("at", seen.At), ("now", now), ("actor", by));
        await Watch(tx, seen, now);
        var changes = await Apply(tx, seen, (await environments.Of(tx, seen.Environment)).Grace.StaleObservation, now);
        foreach (var change in changes)
            await ledger.Record(tx, by, LedgerActions.DeploymentObserved, new(change.Model, change.Digest, Environment: seen.Environment, Slot: change.Slot),
                new JsonObject { ["source"] = seen.Source, ["level"] = change.Level, ["what"] = change.What });
        return new(false, null, changes);
    }

    /// <summary>A complete observation knows about every slot; an incomplete one only about those where it names an instance.</summary>
    static async Task Watch(Tx tx, ReadObservation seen, DateTimeOffset now)
    {
        var known = seen.Instances.Select(i => (i.Key.Model, i.Key.Slot)).ToHashSet();
        foreach (var (model, slot) in seen.Watched.Distinct())
            await tx.Execute(ObservationSql.Watch, ("environment", seen.Environment), ("source", seen.Source), ("model", model), ("slot", slot),
                ("knew", seen.Complete || known.Contains((model, slot)) ? now.ToUnixTimeMilliseconds() : null), ("now", now));
        if (seen.Complete)
            await tx.Execute(ObservationSql.KnewAll, ("environment", seen.Environment), ("source", seen.Source), ("now", now));
    }

    static async Task<List<ObservedChange>> Apply(Tx tx, ReadObservation seen, TimeSpan patience, DateTimeOffset now)
    {
        List<ObservedChange> changes = [];
        var open = (await tx.All(ObservationSql.OpenOf, ("environment", seen.Environment), ("source", seen.Source))).ToDictionary(o => o.Key);
        foreach (var instance in seen.Instances)
        {
            var known = open.Remove(instance.Key, out var was);
            if (known && now - was!.LastAt <= patience)
            {
                await tx.Execute(ObservationSql.GoOn, [.. Values(instance), ("id", was.Id), ("now", now)]);
                continue;
            }
            if (known)
                await tx.Execute(ObservationSql.End, ("id", was!.Id), ("at", was.LastAt));
            await tx.Execute(ObservationSql.Begin, [.. Values(instance with { Since = instance.Since ?? now }), ("id", Ulid.New(now)), ("environment", seen.Environment), ("source", seen.Source),
                ("model", instance.Key.Model), ("slot", instance.Key.Slot), ("digest", instance.Key.Digest), ("level", instance.Key.Level), ("now", now)]);
            changes.Add(new(instance.Key.Model, instance.Key.Slot, instance.Key.Digest, instance.Key.Level, "appeared"));
        }
        foreach (var gone in seen.Complete ? open.Values.ToList() : [])
        {
            await tx.Execute(ObservationSql.End, ("id", gone.Id), ("at", now));
            changes.Add(new(gone.Key.Model, gone.Key.Slot, gone.Key.Digest, gone.Key.Level, "gone"));
        }
        return changes;
    }

    static (string, object?)[] Values(ReadInstance i) =>
        [("share", i.Share), ("ready", i.Ready), ("wanted", i.Wanted), ("image", i.Image), ("claims", i.Claims?.ToJsonString()), ("since", i.Since?.ToUnixTimeMilliseconds())];
}
