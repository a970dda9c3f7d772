using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Evidence;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Registry;
using Assay.Server.Storage;
using Assay.Server.Tracking;

namespace Assay.Server.Policies;

/// <summary>What a gate is asked about.</summary>
public sealed record GateQuestion(string Model, string Version, string Environment, string Slot);

/// <summary>Gathers policy, evidence and champion, has them judged, and keeps the signed verdict.</summary>
public sealed class Gatekeeper(Store store, Versions versions, EvidenceShelf evidence, PolicyShelf policies, RunReader runs, IIncumbents incumbents,
    KeyRing ring, LedgerWriter ledger, Admission admission, TimeProvider time)
{
    /// <summary>The verdict on one version for one slot: the stored one while nothing it rests on changed, else a new one.</summary>
    public async Task<Result<Verdict>> Judge(GateQuestion question, Principal who, CancellationToken ct)
    {
        if (Slots.Problem(question.Environment, question.Slot) is { } problem)
            return problem;
        return await store.Write(async Task<Result<Verdict>> (tx) =>
        {
            var found = await versions.Find(tx, question.Model, question.Version);
            return found.Ok ? await Judge(tx, found.Value, question.Environment, question.Slot, who) : found.Refusal!;
        }, ct);
    }

    /// <summary>The same inside a unit of work.</summary>
    public async Task<Result<Verdict>> Judge(Tx tx, VersionView version, string environment, string slot, Principal who)
    {
        if (version.Digest is not { } digest)
            return RegistryRefusals.NoDigest(version);
        await tx.Lock("policies", $"{digest}/{environment}/{slot}");
        var policy = await policies.For(tx, version.Model, environment, slot);
        var champion = environment == PolicyMatch.Admission ? null : await incumbents.Primary(tx, version.Model, environment);
        var about = new GateCase(version.Model, digest, environment, slot, await evidence.Of(tx, digest), champion, Now(),
            version.RunId is { } run ? await runs.Writers(tx, run) : []);
        var judged = Gate.Judge(policy, about);
        var ground = VerificationSummary.Ground(policy, about, judged);
        var newest = await tx.First(VerdictSql.Newest, ("subject", digest), ("environment", environment), ("slot", slot));
        // What a stored verdict says is what was judged just now; when, and until when, only its signed bytes say.
        if (newest?.Ground == ground && SignedTimes.Of(newest, ring.Public) is { } signed && about.Now < signed.NotAfter)
            return Made(newest.Digest, version, policy, about with { Now = signed.DecidedAt }, judged, signed.NotAfter) with { Envelope = signed.Envelope };
        return await Keep(tx, version, policy, about, judged, ground, who);
    }

    /// <summary>Tries admission again: an inconclusive gate leaves a candidate what it is.</summary>
    public Task<Result<Verdict>> TryAdmit(string model, string version, CancellationToken ct) => store.Write(async Task<Result<Verdict>> (tx) =>
    {
        var found = await versions.Find(tx, model, version);
        return found.Ok ? await TryAdmit(tx, found.Value) : found.Refusal!;
    }, ct);

    /// <summary>The same inside a unit of work.</summary>
    public async Task<Result<Verdict>> TryAdmit(Tx tx, VersionView version)
    {
        await tx.Lock("registry", version.Model);
        var judged = await Judge(tx, version, PolicyMatch.Admission, Slots.Primary, Principal.Server);
        if (!judged.Ok || version.Status is not (VersionStatus.Candidate or VersionStatus.Rejected))
            return judged;
        var verdict = judged.Value;
        if (verdict.Outcome.Opens())
            await admission.Decide(tx, version.Model, verdict.Digest, true, $"admission gate {verdict.Outcome.Word()}: policy {verdict.Policy}, verdict {verdict.VerdictDigest}", Principal.Server);
        else if (Disproven(verdict))
            await admission.Decide(tx, version.Model, verdict.Digest, false, string.Join("; ", Deciding(verdict).Select(r => $"{r.Rule}: {r.Reason}")), Principal.Server);
        return judged;
    }

    /// <summary>Whole milliseconds: what is signed and what is stored say the same.</summary>
    DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Only a measurement rejects: evidence that is foreign, withdrawn or about something else proves nothing about the model.</summary>
    static bool Disproven(Verdict verdict) => verdict.Outcome is Outcome.Failed && Deciding(verdict).Any(r => r.Disproven);

    static IEnumerable<RuleResult> Deciding(Verdict verdict) => verdict.Rules.Where(r => r.Severity is Severity.Block && r.Verdict is Outcome.Failed);

    async Task<Verdict> Keep(Tx tx, VersionView version, Policy policy, GateCase about, Judgement judged, Digest ground, Principal who)
    {
        var notAfter = about.Now + policy.ValidFor;
        var payload = CanonicalJson.Bytes(VerificationSummary.Of(policy, about, judged, notAfter));
        var envelope = DsseEnvelope.Sign(payload, ring.Signing);
        var verdict = Made(Digest.Of(payload), version, policy, about, judged, notAfter);
        await tx.Execute(VerdictSql.Insert, ("digest", verdict.VerdictDigest), ("subject", about.Subject), ("model", about.Model), ("environment", about.Environment), ("slot", about.Slot),
            ("outcome", judged.Verdict.Word()), ("ground", ground), ("at", about.Now), ("not_after", notAfter), ("body", verdict.ToText()), ("envelope", envelope.ToJson().ToJsonString()));
        var data = about.Evidence.Where(e => judged.Evidence.Contains(e.Digest)).Select(e => e.Evaluation?.Dataset?.Digest).OfType<Digest>().Distinct();
        foreach (var set in data)
            await tx.Execute(VerdictSql.RestsOn, ("data", set), ("verdict", verdict.VerdictDigest), ("model", about.Model));
        await ledger.Record(tx, who, LedgerActions.VerdictGiven, new(about.Model, about.Subject, version.RunId, about.Environment, about.Slot), new JsonObject
        {
            ["verdict"] = judged.Verdict.Word(),
            ["verdict_digest"] = verdict.VerdictDigest.ToString(),
            ["policy"] = policy.Name,
            ["policy_digest"] = policy.Digest.ToString(),
            ["evidence"] = Policy.Words(judged.Evidence.Select(e => e.ToString())),
        });
        return verdict with { Envelope = envelope };
    }

    static Verdict Made(Digest digest, VersionView version, Policy policy, GateCase about, Judgement judged, DateTimeOffset notAfter) =>
        new(digest, about.Subject, about.Model, version.Number, about.Environment, about.Slot, judged.Verdict, judged.Rules,
            policy.Name, policy.Digest, policy.Sources, judged.Evidence, about.Now, notAfter, about.Champion, policy.Approvals);
}
