using System.Text.Json;
using Assay.Contracts;
using Assay.Contracts.Wire;
using Assay.Server.Events;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Assay.Server.Tracking;

namespace Assay.Server.Registry;

/// <summary>A version as MLflow's <c>model-versions/create</c> asks for it.</summary>
public sealed record WireVersion(string Name, string Source, string RunId, string Description, string? RunLink, string? LoggedModelId, IReadOnlyDictionary<string, string> Tags);

/// <summary>
/// Versions asked for at MLflow's wire: of a finished run (complete, or refused with every gap), of one that still runs (noted, settled when
/// it ends), as a copy of another version, or as a prompt (interfaces §3).
/// </summary>
public sealed class WireSubmission(Store store, Models models, Versions versions, RunReader runs, Submission submission, PushRules rules, LedgerWriter ledger, Outbox outbox, ServerOptions options, TimeProvider time)
{
    /// <summary>Makes a version.</summary>
    public async Task<Result<VersionView>> Create(WireVersion wanted, Principal who, CancellationToken ct)
    {
        if (await rules.Check(who, wanted.Name, ct) is { } people)
            return people;
        if (string.IsNullOrEmpty(wanted.LoggedModelId) && wanted.Source.StartsWith("models:/m-", StringComparison.Ordinal))
            wanted = wanted with { LoggedModelId = wanted.Source["models:/".Length..] };
        // A client that copies a version sends all tags that it saw there: those that are derived will be the copy's own.
        if (Downloads.Named(wanted.Source) is not null)
            wanted = wanted with { Tags = wanted.Tags.Where(t => !t.Key.StartsWith(Names.OwnTags, StringComparison.Ordinal)).ToDictionary() };
        var (model, run) = await store.Read(async tx => (await models.Find(tx, wanted.Name), await RunOf(tx, wanted)), ct);
        if (!model.Ok)
            return model.Refusal!;
        if (Problem(wanted) is { } wrong)
            return wrong;
        if (model.Value.IsPrompt || wanted.Tags.GetValueOrDefault(Names.PromptTag) == "true")
            return await Plain(wanted, VersionStatus.Prompt, null, [], null, who, ct);
        if (Downloads.Named(wanted.Source) is var (from, version))
            return await Copy(wanted, from, version, who, ct);
        if (SourceProblem(wanted.Source, options.Capture) is { } problem)
            return problem;
        return await OfRun(wanted, run, who, ct);
    }

    static Refusal? Problem(WireVersion wanted) =>
        WireLimits.Source.Length(wanted.Source, "source") ?? WireLimits.RunLink.Length(wanted.RunLink, "run_link") ?? WireLimits.Description.Length(wanted.Description, "description")
        ?? wanted.Tags.Select(t => Names.TagProblem(t.Key, t.Value)).FirstOrDefault(p => p is not null);

    async Task<Result<VersionView>> OfRun(WireVersion wanted, RunFacts? run, Principal who, CancellationToken ct)
    {
        var observing = options.Capture is CaptureMode.Observe;
        if (run is null)
            return observing ? await Plain(wanted, VersionStatus.Rejected, "There is no run behind this version.", [NoRun(wanted)], null, who, ct) : await Refuse(wanted, who, ct);
        var what = new Submitted(run.RunId, wanted.Name, new(wanted.Source), new(wanted.Description, wanted.RunLink, wanted.LoggedModelId, wanted.Tags));
        if (run.Status is "RUNNING" or "SCHEDULED")
            return await submission.Await(what, wanted.Source, who, ct);
        return observing ? await submission.SubmitOrReject(what, who, ct) : await submission.Submit(what, who, ct);
    }

    /// <summary>Nothing can be checked without a run: its absence is the first gap.</summary>
    async Task<Result<VersionView>> Refuse(WireVersion wanted, Principal who, CancellationToken ct)
    {
        var refusal = new Refusal(RefusalKind.Invalid, "incomplete-run", $"This version of {wanted.Name} names no run of this registry, so nothing says where it comes from.",
            "Log the model in a run and register it as runs:/RUN_ID/model.", "run_id")
        { Gaps = [NoRun(wanted)] };
        await ledger.RecordRefusal(store, who, LedgerActions.VersionSubmitted, new(wanted.Name), refusal, ct);
        return refusal;
    }

    static Gap NoRun(WireVersion wanted) => new("run", "a run of this registry", wanted.RunId.Length == 0 ? "none" : $"'{wanted.RunId}', which is not there",
        "Log the model in a run and register it as runs:/RUN_ID/model, or give run_id.");

    /// <summary>A copy takes over digest, seal and package of its source; admission is judged anew for the other model.</summary>
    Task<Result<VersionView>> Copy(WireVersion wanted, string from, string version, Principal who, CancellationToken ct) => store.Write<VersionView>(async tx =>
    {
        await tx.Lock("registry", wanted.Name);
        var source = await versions.Find(tx, from, version);
        if (!source.Ok)
            return source.Refusal!;
        var id = (await models.Find(tx, wanted.Name)).Value.Id;
        if (source.Value.Digest is { } digest && await tx.First(VersionSql.OfDigest, ("id", id), ("digest", digest)) is { View: { } there })
            return there;
        // A model that asks for a proven origin does not get around it by way of one that does not.
        if (source.Value.RunId is { } run && await runs.Outline(tx, run) is { } facts && await rules.Gaps(tx, wanted.Name, facts) is { Count: > 0 } gaps)
        {
            var refusal = RegistryRefusals.Unproven(source.Value.Name, wanted.Name, gaps);
            ledger.RecordIfRefused(tx, who, LedgerActions.VersionCopied, new(wanted.Name, source.Value.Digest, source.Value.RunId), () => LedgerWriter.Reason(refusal));
            return refusal;
        }
        var status = source.Value.Status is VersionStatus.Admitted ? VersionStatus.Candidate : source.Value.Status;
        var number = await Insert(tx, id, wanted, status, source.Value.StatusReason, source.Value.Gaps, source.Value, who);
        await ledger.Record(tx, who, LedgerActions.VersionCopied, new(wanted.Name, source.Value.Digest, source.Value.RunId), new() { ["from"] = source.Value.Name, ["number"] = number });
        if (source.Value.Digest is { } copied && status is VersionStatus.Candidate)
            await outbox.Publish(tx, new VersionSealed(wanted.Name, number, copied));
        return (await versions.Find(tx, wanted.Name, number.ToString())).Value;
    }, ct);

    /// <summary>A version without a seal.</summary>
    Task<Result<VersionView>> Plain(WireVersion wanted, VersionStatus status, string? reason, IReadOnlyList<Gap> gaps, VersionView? source, Principal who, CancellationToken ct) => store.Write<VersionView>(async tx =>
    {
        await tx.Lock("registry", wanted.Name);
        var id = (await models.Find(tx, wanted.Name)).Value.Id;
        var number = await Insert(tx, id, wanted, status, reason, gaps, source, who);
        await ledger.Record(tx, who, status is VersionStatus.Prompt ? LedgerActions.PromptCreated : LedgerActions.VersionRejected, new(wanted.Name), new() { ["number"] = number });
        return (await versions.Find(tx, wanted.Name, number.ToString())).Value;
    }, ct);

    async Task<long> Insert(Tx tx, string id, WireVersion wanted, VersionStatus status, string? reason, IReadOnlyList<Gap> gaps, VersionView? source, Principal who)
    {
        var now = time.GetUtcNow();
        var number = await tx.First(ModelSql.TakeNumber, ("id", id), ("at", now));
        await tx.Execute(VersionSql.Insert, ("id", id), ("number", number), ("digest", source?.Digest), ("status", status), ("reason", reason), ("gaps", JsonSerializer.Serialize(gaps)),
            ("run", source?.RunId ?? (wanted.RunId.Length > 0 ? wanted.RunId : null)), ("seal", source?.Seal), ("source", wanted.Source), ("path", source?.Path), ("link", wanted.RunLink), ("logged", wanted.LoggedModelId),
            ("description", wanted.Description), ("profile", source?.Profile), ("profile_digest", null), ("by", who), ("at", now));
        foreach (var (key, value) in wanted.Tags)
            await tx.Execute(VersionSql.PutTag, ("id", id), ("number", number), ("key", key), ("value", value));
        return number;
    }

    /// <summary>The run behind a request: named, or that of the logged model it names.</summary>
    async Task<RunFacts?> RunOf(Tx tx, WireVersion wanted)
    {
        if (wanted.RunId.Length > 0)
            return await runs.Outline(tx, wanted.RunId);
        if (wanted.LoggedModelId is { Length: > 0 } logged && await runs.LoggedModel(tx, logged) is { SourceRunId: { } id })
            return await runs.Outline(tx, id);
        if (wanted.Source.StartsWith("runs:/", StringComparison.Ordinal))
            return await runs.Outline(tx, wanted.Source["runs:/".Length..].Split('/')[0]);
        return null;
    }

    /// <summary>Paths that lead elsewhere are refused before anything is looked up.</summary>
    static Refusal? SourceProblem(string source, CaptureMode mode)
    {
        var decoded = source;
        for (var i = 0; i < 8 && Uri.UnescapeDataString(decoded) is var next && next != decoded; i++)
            decoded = next;
        if (decoded.Split('/', '\\').Contains("..") || decoded.Any(char.IsControl))
            return RegistryRefusals.BadSource(source, "has '..' or a control character in it");
        var local = source.StartsWith('/') || source.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || !source.Contains(":/", StringComparison.Ordinal);
        return local && mode is CaptureMode.Enforce ? RegistryRefusals.BadSource(source, "is a local path, which is not under the registry's control") : null;
    }
}
