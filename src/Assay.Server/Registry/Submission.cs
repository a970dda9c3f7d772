using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Capture;
using Assay.Server.Events;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Assay.Server.Tracking;

namespace Assay.Server.Registry;

/// <summary>What comes with a version from MLflow's wire.</summary>
public sealed record VersionNotes(string Description = "", string? RunLink = null, string? LoggedModelId = null, IReadOnlyDictionary<string, string>? Tags = null);

/// <summary>A run is to become a version of a model.</summary>
public sealed record Submitted(string RunId, string Model, ModelRequest Folder, VersionNotes Notes);

/// <summary>Makes versions of runs: complete and sealed, or refused with every gap.</summary>
public sealed class Submission
{
    readonly Store store;
    readonly Models models;
    readonly Versions versions;
    readonly RunSeals seals;
    readonly LedgerWriter ledger;
    readonly Outbox outbox;
    readonly TimeProvider time;
    readonly Sealing sealing;

    public Submission(Store store, CaptureDesk desk, Models models, Versions versions, RunSeals seals, LedgerWriter ledger, Outbox outbox, PushRules rules, TimeProvider time)
    {
        (this.store, this.models, this.versions, this.seals, this.ledger, this.outbox, this.time) = (store, models, versions, seals, ledger, outbox, time);
        sealing = new(store, desk, seals, rules);
    }

    /// <summary>
    /// Submits a finished run: a sealed candidate, or the refusal <c>incomplete-run</c> with every gap (recorded). The same run, model and
    /// folder again give the same version.
    /// </summary>
    public Task<Result<VersionView>> Submit(Submitted what, Principal who, CancellationToken ct) =>
        sealing.Attempt<VersionView>(what.RunId, what.Model, what.Folder, (tx, attempt) => Settle(tx, what, attempt, who, keepRejected: false), ct);

    /// <summary>The same, but a run with gaps becomes a listed rejection: for observing only.</summary>
    public Task<Result<VersionView>> SubmitOrReject(Submitted what, Principal who, CancellationToken ct) =>
        sealing.Attempt<VersionView>(what.RunId, what.Model, what.Folder, (tx, attempt) => Settle(tx, what, attempt, who, keepRejected: true), ct);

    /// <summary>The same for a run that nobody submitted: once for a run and model, however often its end is told.</summary>
    public Task<Result<VersionView>> TakeUp(Submitted what, Principal who, CancellationToken ct) =>
        sealing.Attempt<VersionView>(what.RunId, what.Model, what.Folder, async (tx, attempt) =>
            (await versions.OfRun(tx, what.RunId)).Find(v => v.Model == what.Model) is { } there ? there : await Settle(tx, what, attempt, who, keepRejected: true), ct);

    /// <summary>Notes a version whose run is still running: it is settled when the run ends.</summary>
    public Task<Result<VersionView>> Await(Submitted what, string source, Principal who, CancellationToken ct) => store.Write<VersionView>(async tx =>
    {
        await tx.Lock("registry", what.Model);
        var model = await models.Ensure(tx, what.Model);
        var number = await Insert(tx, model, what, who, null, VersionStatus.Waiting, "The run is still running: the version is sealed, or rejected, when it ends.", [], source);
        return (await versions.Find(tx, what.Model, number.ToString())).Value;
    }, ct);

    /// <summary>The run of a waiting version has ended: it becomes a candidate or a rejection.</summary>
    public Task<Result<VersionView>> SettleWaiting(VersionView waiting, Principal who, CancellationToken ct) =>
        sealing.Attempt<VersionView>(waiting.RunId!, waiting.Model, new(waiting.Source), async (tx, attempt) =>
        {
            if ((await versions.Find(tx, waiting.Model, waiting.Number.ToString())).Value is { Status: not VersionStatus.Waiting } settled)
                return settled;
            var model = await models.Ensure(tx, waiting.Model);
            var twin = attempt.Package is { } package && attempt.Gaps.Count == 0 && await tx.First(VersionSql.OfDigest, ("id", model.Id), ("digest", package.Digest)) is { View: not null };
            var sealedNow = attempt.Gaps.Count == 0 && !twin;
            await tx.Execute(VersionSql.Settle, ("id", model.Id), ("number", waiting.Number), ("digest", sealedNow ? attempt.Package!.Digest : null),
                ("status", sealedNow ? VersionStatus.Candidate : VersionStatus.Rejected), ("reason", twin ? "Another version of this model has the same digest." : Reason(attempt)),
                ("gaps", JsonSerializer.Serialize(attempt.Gaps)), ("seal", sealedNow ? attempt.Seal : null), ("path", attempt.Run.Model?.Root),
                ("profile", attempt.Profile.Name), ("profile_digest", attempt.Profile.Digest), ("at", time.GetUtcNow()));
            await Tell(tx, waiting.Model, waiting.Number, attempt, who, sealedNow);
            return (await versions.Find(tx, waiting.Model, waiting.Number.ToString())).Value;
        }, ct);

    async Task<Result<VersionView>> Settle(Tx tx, Submitted what, SealAttempt attempt, Principal who, bool keepRejected)
    {
        if (attempt.Gaps.Count > 0 && !keepRejected)
        {
            ledger.RecordIfRefused(tx, who, LedgerActions.VersionSubmitted, new(what.Model, RunId: what.RunId), () => Missing(attempt));
            return CaptureRefusals.Incomplete(what.RunId, what.Model, attempt.Profile, attempt.Gaps);
        }
        var model = await models.Ensure(tx, what.Model);
        if (attempt.Gaps.Count == 0 && await tx.First(VersionSql.OfDigest, ("id", model.Id), ("digest", attempt.Package!.Digest)) is { View: { } there })
            return there;
        var complete = attempt.Gaps.Count == 0;
        var number = await Insert(tx, model, what, who, attempt, complete ? VersionStatus.Candidate : VersionStatus.Rejected, complete ? null : Reason(attempt), attempt.Gaps, SourceOf(what, attempt));
        await Tell(tx, what.Model, number, attempt, who, complete);
        return (await versions.Find(tx, what.Model, number.ToString())).Value;
    }

    /// <summary>Seals the run, keeps the package, and tells ledger and subscribers.</summary>
    async Task Tell(Tx tx, string model, long number, SealAttempt attempt, Principal who, bool complete)
    {
        var runId = attempt.Run.Facts.RunId;
        if (!complete)
        {
            await ledger.Record(tx, who, LedgerActions.VersionRejected, new(model, RunId: runId), Missing(attempt));
            return;
        }
        var package = attempt.Package!;
        if (attempt.Run.Facts.Seal is null)
            await seals.Seal(tx, runId, new(model, number, package.Digest, attempt.Seal));
        await Keep(tx, package, RunSeal.Facts(attempt.Run).ToJsonString());
        await ledger.Record(tx, who, LedgerActions.VersionSealed, new(model, package.Digest, runId), new JsonObject
        {
            ["number"] = number,
            ["seal"] = attempt.Seal.ToString(),
            ["profile"] = attempt.Profile.Name,
            ["profile_digest"] = attempt.Profile.Digest.ToString(),
            ["writers"] = new JsonArray([.. attempt.Run.Facts.Writers.Select(w => JsonValue.Create(w))]),
        });
        await outbox.Publish(tx, new VersionSealed(model, number, package.Digest));
    }

    static async Task Keep(Tx tx, Contracts.Package.BuiltPackage package, string facts)
    {
        await tx.Execute(PackageSql.Insert, ("digest", package.Digest), ("manifest", package.Manifest), ("config", package.Config), ("facts", facts));
        var digest = package.Digest.ToString();
        await tx.Execute(PackageSql.InsertFiles, new Rows(package.Files.Count, ("digest", package.Files.Select(_ => digest).ToArray()), ("path", package.Files.Select(f => f.Path).ToArray()),
            ("content", package.Files.Select(f => f.Digest.ToString()).ToArray()), ("size", package.Files.Select(f => f.Size).ToArray())));
    }

    async Task<long> Insert(Tx tx, ModelView model, Submitted what, Principal who, SealAttempt? attempt, VersionStatus status, string? reason, IReadOnlyList<Gap> gaps, string source)
    {
        var now = time.GetUtcNow();
        var number = await tx.First(ModelSql.TakeNumber, ("id", model.Id), ("at", now));
        var whole = status is VersionStatus.Candidate;
        await tx.Execute(VersionSql.Insert, ("id", model.Id), ("number", number), ("digest", whole ? attempt!.Package!.Digest : null), ("status", status), ("reason", reason),
            ("gaps", JsonSerializer.Serialize(gaps)), ("run", what.RunId), ("seal", whole ? attempt!.Seal : null), ("source", source), ("path", attempt?.Run.Model?.Root),
            ("link", what.Notes.RunLink), ("logged", what.Notes.LoggedModelId), ("description", what.Notes.Description), ("profile", attempt?.Profile.Name),
            ("profile_digest", attempt?.Profile.Digest), ("by", who), ("at", now));
        foreach (var (key, value) in what.Notes.Tags ?? new Dictionary<string, string>())
            await tx.Execute(VersionSql.PutTag, ("id", model.Id), ("number", number), ("key", key), ("value", value));
        return number;
    }

    static string SourceOf(Submitted what, SealAttempt attempt) =>
        what.Folder.Source ?? (attempt.Run.Model is { } model ? $"mlflow-artifacts:/{model.Root}" : attempt.Run.Facts.ArtifactUri);

    static string? Reason(SealAttempt attempt) => attempt.Gaps.Count == 0 ? null
        : $"{attempt.Gaps.Count} of {attempt.Profile.Require.Count} items of the capture profile '{attempt.Profile.Name}' are missing: "
            + string.Join("; ", attempt.Gaps.Select(g => $"{g.Item} (wanted {g.Wanted}; found {g.Found}; {g.Mend})"));

    static JsonObject Missing(SealAttempt attempt) => new()
    {
        ["code"] = "incomplete-run",
        ["profile"] = attempt.Profile.Name,
        ["profile_digest"] = attempt.Profile.Digest.ToString(),
        ["gaps"] = new JsonArray([.. attempt.Gaps.Select(g => JsonValue.Create(g.Item))]),
    };
}
