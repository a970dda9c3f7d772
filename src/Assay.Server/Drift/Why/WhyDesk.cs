using System.Text;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Package;
using Assay.Server.Artifacts;
using Assay.Server.Capture;
using Assay.Server.Deployments;
using Assay.Server.Ledger;
using Assay.Server.Promotions;
using Assay.Server.Registry;
using Assay.Server.Storage;
using Assay.Server.Tracking;

namespace Assay.Server.Drift.Why;

/// <summary>Puts together the answer at 2am, in one snapshot.</summary>
public sealed class WhyDesk(Store store, SlotStates states, Environments environments, PromotionBook promotions, Versions versions, RunReader runs, IContentStore contents, LedgerReader ledger, TimeProvider time)
{
    const int MostText = 1 << 20, MostEntries = 500;

    /// <summary>Tells about a slot, now or at a moment of the past.</summary>
    public async Task<Result<WhyView>> Tell(SlotName slot, DateTimeOffset? at, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var when = at ?? now;
        if (when > now)
            return DriftRefusals.Future(when, now);
        var read = await store.Read(async Task<Result<Snapshot>> (tx) => await Read(tx, slot, when, at is null), ct);
        if (read.Refusal is { } refusal)
            return refusal;
        var (state, environment, good, live, before) = read.Value;
        var run = live is null ? null : await Describe(live, ct);
        var entries = await ledger.UpTo(slot.Model, when, MostEntries, ct);
        return new WhyView(state)
        {
            Headline = Headline.Of(state),
            LastGood = good,
            Difference = await Compare(good, before, run, LiveDigest(state), ct),
            Run = run,
            Timeline = LedgerTimeline.Of(entries, await ledger.Texts(entries, ct), slot.Environment, slot.Slot, when),
            Rollback = WayBack.Of(state, LiveDigest(state), good),
            Responsible = new(environment.Declared, environment.Owners, environment.OnCall, environment.Runbook, environment.Declared ? null : $"Not declared: assay environment apply FILE (kind: Environment, metadata: {{name: {environment.Name}}}, owners, on_call, runbook)."),
        };
    }

    async Task<Result<Snapshot>> Read(Tx tx, SlotName slot, DateTimeOffset at, bool isNow)
    {
        var state = await states.Of(tx, slot, at) with { Slots = [.. (await states.Names(tx)).Where(s => s.Model == slot.Model && s.Environment == slot.Environment).Select(s => s.Slot)] };
        if (state.Status is SlotStatus.Nothing && (await versions.Of(tx, slot.Model)).Count == 0)
            return DriftRefusals.NoModel(slot.Model);
        var live = await Sealed(tx, slot.Model, LiveDigest(state)) ?? await Sealed(tx, slot.Model, state.Approved?.Digest);
        var good = await LastGoodOf(tx, slot, state, at, isNow);
        return new Snapshot(state, await environments.Of(tx, slot.Environment), good, live, await Sealed(tx, slot.Model, good?.Digest));
    }

    /// <summary>What takes traffic, by the surest source: a fresh sighting, else a claim, else what was last seen.</summary>
    static Digest? LiveDigest(SlotState state) =>
        state.Observed.Where(o => !o.Stale && o.Share > 0).OrderBy(o => o.Digest == state.Approved?.Digest).ThenByDescending(o => o.Level).Select(o => (Digest?)o.Digest).FirstOrDefault()
        ?? state.Reported?.Digest ?? state.Observed.Select(o => (Digest?)o.Digest).FirstOrDefault();

    /// <summary>Where something else runs than what is approved, what is approved is the good one; else the one approved before.</summary>
    async Task<LastGoodVersion?> LastGoodOf(Tx tx, SlotName slot, SlotState state, DateTimeOffset at, bool isNow)
    {
        var history = (await promotions.History(tx, slot.Model, slot.Environment, slot.Slot)).FindAll(p => p.At <= at);
        // What a promotion replaced still runs while the rollout lasts: that is no fault, and it is what a rollback goes to.
        var isOther = LiveDigest(state) is { } live && state.Approved is { } approved && live != approved.Digest && !(live == approved.Replaces && state.Status is SlotStatus.Pending);
        var good = isOther ? history[0]
            : await promotions.LastGood(tx, slot.Model, slot.Environment, slot.Slot, isNow ? null : at);
        if (good is null)
            return null;
        var next = history.LastOrDefault(p => p.At > good.At);
        return new(good.Digest, good.Version, good.Id, good.At, next?.At, isOther ? "It is approved now, and something else runs."
            : $"It was approved by {good.By}{(good.Verified ? "" : " (unverified)")}{(next is null ? "" : $" until {next.By} replaced it")}, and its verdict {good.VerdictDigest.Short} stands.");
    }

    /// <summary>A version with what its run sealed; null for what is no version here: then what is approved is told about instead.</summary>
    async Task<SealedVersion?> Sealed(Tx tx, string model, Digest? wanted)
    {
        if (wanted is not { } digest || await versions.Find(tx, model, digest.ToString()) is not { Ok: true, Value: var version } || await versions.Package(tx, digest) is not { } package)
            return null;
        var writers = version.RunId is { } run ? await runs.Writers(tx, run) : [];
        return new(version, (JsonObject)JsonNode.Parse(package.Facts)!, await versions.Files(tx, digest), writers);
    }

    async Task<RunOfVersion> Describe(SealedVersion of, CancellationToken ct)
    {
        var signature = MlModelFile.TryRead(await Text(of, "MLmodel", ct) ?? "", out var file) ? file : null;
        var sheet = RunSheet.Read(of.Facts, of.Files, await Text(of, "requirements.txt", ct), signature?.Inputs, signature?.Outputs);
        var run = of.Facts["run"] as JsonObject;
        return new(of.Version.Digest!.Value, of.Version.Number, of.Version.Model, of.Version.RunId, (string?)run?["experiment_name"], (string?)run?["run_name"], (string?)run?["user_id"],
            Time(run?["start_time"]), Time(run?["end_time"]), of.Version.Seal, of.Writers, sheet.Facts);
    }

    async Task<Difference?> Compare(LastGoodVersion? good, SealedVersion? before, RunOfVersion? after, Digest? live, CancellationToken ct)
    {
        if (good is null || live is not { } digest || digest == good.Digest)
            return null;
        if (before is null || after?.Digest != digest)
            return Difference.Unknown(good.Digest, digest, $"{(before is null ? good.Digest.Short : digest.Short)} is no version of this registry, so nothing is known of how it was made.");
        return Difference.Between(good.Digest, new((await Describe(before, ct)).Facts), digest, new(after.Facts));
    }

    async Task<string?> Text(SealedVersion of, string path, CancellationToken ct) =>
        of.Files.FirstOrDefault(f => f.Path == path) is { } file && await contents.ReadIfAny(file.Digest, MostText, ct) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    static DateTimeOffset? Time(JsonNode? ms) => ms is JsonValue value && value.TryGetValue<long>(out var at) ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    sealed record SealedVersion(VersionView Version, JsonObject Facts, IReadOnlyList<PackageFile> Files, IReadOnlyList<string> Writers);

    sealed record Snapshot(SlotState State, EnvironmentView Environment, LastGoodVersion? Good, SealedVersion? Live, SealedVersion? Before);
}
