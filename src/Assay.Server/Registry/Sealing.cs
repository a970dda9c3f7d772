using Assay.Contracts;
using Assay.Contracts.Package;
using Assay.Server.Capture;
using Assay.Server.Storage;
using Assay.Server.Tracking;

namespace Assay.Server.Registry;

/// <summary>What was found out about a run before it becomes a version: its gaps, its seal and, when there is a model folder, the package.</summary>
sealed record SealAttempt(CapturedRun Run, CaptureProfile Profile, IReadOnlyList<Gap> Gaps, Digest Seal, BuiltPackage? Package);

/// <summary>
/// Looks at a run, decides outside any transaction (files are read), and settles inside one that first makes sure that nothing changed
/// meanwhile: every write to a run waits for the same lock, so an upload in flight is in the seal or is refused, never between.
/// </summary>
sealed class Sealing(Store store, CaptureDesk desk, RunSeals seals, PushRules rules)
{
    const int MostTries = 8;

    /// <summary>Settles a run as a version of a model; <paramref name="settle"/> runs with the locks of run and model held.</summary>
    public async Task<Result<T>> Attempt<T>(string runId, string model, ModelRequest folder, Func<Tx, SealAttempt, Task<Result<T>>> settle, CancellationToken ct)
    {
        for (var tried = 1; ; tried++)
        {
            if (await desk.Gather(runId, folder, ct) is not { } run)
                return RunRefusal(runId);
            var attempt = Look(run, await desk.ProfileFor(model, ct), model, await store.Read(tx => rules.Gaps(tx, model, run.Facts), ct));
            var changed = false;
            var settled = await store.Write(async Task<Result<T>> (tx) =>
            {
                await seals.Lock(tx, runId);
                await tx.Lock("registry", model);
                changed = await desk.Snapshot(tx, runId, folder) is not { } now || now.Model?.Root != run.Model?.Root || RunSeal.Of(now) != attempt.Seal || !now.Facts.Writers.SequenceEqual(run.Facts.Writers);
                return changed ? RegistryRefusals.Restless(runId) : await settle(tx, attempt);
            }, ct);
            if (!changed || tried == MostTries)
                return settled;
        }
    }

    static SealAttempt Look(CapturedRun run, CaptureProfile profile, string model, IReadOnlyList<Gap> origin)
    {
        List<Gap> gaps = [.. Completeness.Gaps(profile, run), .. origin];
        // Whatever a profile asks for, a version is made of files.
        if (run.Model is null && !gaps.Exists(g => g.Item == "model.files"))
            gaps.Add(CaptureItems.Check(run, new("model.files", null, 1, []))!);
        var seal = RunSeal.Of(run);
        return new(run, profile, gaps, seal, run.Model is null ? null : OciManifest.Build(model, run.Facts.RunId, seal, run.Model.Files));
    }

    static Refusal RunRefusal(string runId) => new(RefusalKind.NotFound, "no-such-run", $"Run with id={runId} not found.", "Give the run id that the client printed (32 hex digits).", "run_id");
}
