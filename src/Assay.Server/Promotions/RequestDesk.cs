using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Policies;
using Assay.Server.Registry;
using Assay.Server.Storage;

namespace Assay.Server.Promotions;

/// <summary>Which version for which slot somebody wishes to promote.</summary>
public sealed record PromotionWish(string Model, string Version, string Environment, string Slot, string? Comment);

/// <summary>Opens requests, and takes people's decisions about them.</summary>
sealed class RequestDesk(Store store, RequestFlow flow, RequestOpening opening, Versions versions, LedgerWriter ledger, LedgerTexts texts, TimeProvider time)
{
    /// <summary>Opens a request, or gives the one that is open for the same version and slot. Takes effect at once when nothing is missing.</summary>
    public Task<Result<OpenedRequest>> Open(PromotionWish wish, Principal who, CancellationToken ct) => store.Write(async Task<Result<OpenedRequest>> (tx) =>
    {
        var opened = await opening.Open(tx, wish, who);
        if (!opened.Ok)
            return opened.Refusal!;
        if (opened.Value.Standing is not { } standing)
            return opened.Value;
        return opened.Value with { Request = await flow.Settle(tx, standing, who) };
    }, ct);

    /// <summary>A person's yes on the open request of a slot, opened if there is none.</summary>
    public Task<Result<PromotionRequest>> Approve(PromotionWish wish, Principal who, CancellationToken ct) => store.Write(async Task<Result<PromotionRequest>> (tx) =>
    {
        var opened = await opening.Open(tx, wish, who);
        return !opened.Ok ? opened.Refusal! : opened.Value.Standing is { } standing ? await Approve(tx, standing, wish.Comment, who) : opened.Value.Request;
    }, ct);

    /// <summary>A person's yes on a request.</summary>
    public Task<Result<PromotionRequest>> Approve(string id, string? comment, Principal who, CancellationToken ct) =>
        About(id, who, LedgerActions.PromotionApproved, async (tx, standing) => await Approve(tx, standing, comment, who), ct);

    /// <summary>A person's no on the open request of a slot, opened if there is none.</summary>
    public Task<Result<PromotionRequest>> Reject(PromotionWish wish, string reason, Principal who, CancellationToken ct) => store.Write(async Task<Result<PromotionRequest>> (tx) =>
    {
        var opened = await opening.Open(tx, wish, who);
        return !opened.Ok ? opened.Refusal!
            : opened.Value.Standing is { } standing ? await Reject(tx, standing, reason, who)
            : PromotionRefusals.Closed(opened.Value.Request);
    }, ct);

    /// <summary>A person's no on a request.</summary>
    public Task<Result<PromotionRequest>> Reject(string id, string reason, Principal who, CancellationToken ct) =>
        About(id, who, LedgerActions.PromotionRejected, async (tx, standing) => await Reject(tx, standing, reason, who), ct);

    /// <summary>Takes a request back.</summary>
    public Task<Result<PromotionRequest>> Withdraw(string id, string? reason, Principal who, CancellationToken ct) => About(id, who, LedgerActions.PromotionWithdrawn, async Task<Result<PromotionRequest>> (tx, standing) =>
    {
        var request = standing.Request;
        if (who.ToString() != request.OpenedBy && who != Principal.Local && !who.RolesFor(Scope(request)).Contains("operator"))
            return Refuse(tx, who, LedgerActions.PromotionWithdrawn, request, PromotionRefusals.MayNotWithdraw(who, request));
        var mark = await texts.Keep(tx, reason);
        await ledger.Record(tx, who, LedgerActions.PromotionWithdrawn, Subject(request), new JsonObject { ["request"] = request.Id, ["reason"] = LedgerTexts.Told(mark) });
        return await flow.Close(tx, request, RequestState.Withdrawn, who, mark ?? "");
    }, ct);

    /// <summary>Looks at an open request again, because something it rests on may have changed.</summary>
    public Task Refresh(string id, CancellationToken ct) => store.Write(async Task<Result<Done>> (tx) =>
    {
        if (await Locked(tx, id) is not { Open: true } request || await versions.Find(tx, request.Model, request.Digest.ToString()) is not { Ok: true } found)
            return Done.Yes;
        if (!request.OpenAt(time.GetUtcNow()))
        {
            await flow.Close(tx, request, RequestState.Expired, Principal.Server, "nobody decided in time");
            return Done.Yes;
        }
        var standing = await flow.Judge(tx, request, found.Value, Principal.Server);
        if (standing.Ok)
            await flow.Settle(tx, standing.Value, Principal.Server);
        return Done.Yes;
    }, ct);

    async Task<Result<PromotionRequest>> Approve(Tx tx, Standing standing, string? comment, Principal who)
    {
        var (request, verdict, now) = (standing.Request, standing.Verdict, time.GetUtcNow());
        if (!verdict.OpensAt(now))
            return Refuse(tx, who, LedgerActions.PromotionApproved, request, PromotionRefusals.NotPassed(standing.Version, verdict));
        if (await flow.Freeze(tx, request, now) is { } freeze)
            return Refuse(tx, who, LedgerActions.PromotionApproved, request, PromotionRefusals.Frozen(request.Environment, freeze.Window, freeze.Policy));
        if (ApprovalCount.Counting(standing.Decisions, verdict.VerdictDigest).Any(d => d.By == who.ToString()))
            return await flow.Settle(tx, standing, who);
        if (!MayDecide(standing, who, verdict.Approvals))
            return Refuse(tx, who, LedgerActions.PromotionApproved, request, PromotionRefusals.MayNotDecide(who, standing.Missing));
        var decision = await Decide(tx, standing, true, comment, who);
        await flow.Step(tx, request, "approved", who, decision.Comment ?? "");
        return await flow.Settle(tx, standing with { Decisions = [.. standing.Decisions, decision] }, who);
    }

    async Task<Result<PromotionRequest>> Reject(Tx tx, Standing standing, string reason, Principal who)
    {
        // Who may not say yes because they took part may still say no.
        if (!MayDecide(standing, who, [.. standing.Verdict.Approvals.Select(a => a with { Not = [] })]))
            return Refuse(tx, who, LedgerActions.PromotionRejected, standing.Request, PromotionRefusals.MayNotDecide(who, standing.Missing));
        var decision = await Decide(tx, standing, false, reason, who);
        return await flow.Close(tx, standing.Request, RequestState.Refused, who, decision.Comment ?? "");
    }

    static bool MayDecide(Standing standing, Principal who, IReadOnlyList<ApprovalRule> rules) =>
        who.Kind is PrincipalKind.Person or PrincipalKind.Local
        && (rules.Count == 0 || rules.Any(rule => ApprovalCount.Fits(rule, who.ToString(), who.Roles, standing.Involved)));

    async Task<Decision> Decide(Tx tx, Standing standing, bool approves, string? comment, Principal who)
    {
        var now = time.GetUtcNow();
        var mark = await texts.Keep(tx, comment);
        var decision = new Decision(Ulid.New(now), approves, who.ToString(), who.Verified, who.RolesFor(Scope(standing.Request)), mark, standing.Verdict.VerdictDigest, now);
        await tx.Execute(RequestSql.AddDecision, ("id", decision.Id), ("request", standing.Request.Id), ("approves", approves), ("actor", decision.By), ("verified", decision.Verified),
            ("roles", JsonSerializer.Serialize(decision.Roles)), ("comment", mark), ("verdict", decision.Verdict), ("at", now));
        await ledger.Record(tx, who, approves ? LedgerActions.PromotionApproved : LedgerActions.PromotionRejected, Subject(standing.Request), new JsonObject
        {
            ["request"] = standing.Request.Id,
            ["verdict_digest"] = decision.Verdict.ToString(),
            [approves ? "comment" : "reason"] = LedgerTexts.Told(mark),
        });
        return decision;
    }

    static Scope Scope(PromotionRequest request) => new(Model: request.Model, Environment: request.Environment);

    Task<Result<PromotionRequest>> About(string id, Principal who, string action, Func<Tx, Standing, Task<Result<PromotionRequest>>> decide, CancellationToken ct) => store.Write(async Task<Result<PromotionRequest>> (tx) =>
    {
        if (await Locked(tx, id) is not { } request)
            return PromotionRefusals.Unknown(id);
        if (!request.OpenAt(time.GetUtcNow()))
            return Refuse(tx, who, action, request, PromotionRefusals.Closed(request.Open ? request with { State = RequestState.Expired } : request));
        var found = await versions.Find(tx, request.Model, request.Digest.ToString());
        if (!found.Ok)
            return found.Refusal!;
        var standing = await flow.Judge(tx, request, found.Value, who);
        return standing.Ok ? await decide(tx, standing.Value) : standing.Refusal!;
    }, ct);

    static async Task<PromotionRequest?> Locked(Tx tx, string id)
    {
        if (await tx.First(RequestSql.ById, ("id", id)) is not { } request)
            return null;
        await tx.Lock("promotions", request.SlotKey);
        return await tx.First(RequestSql.ById, ("id", id));
    }

    /// <summary>The attempt is recorded; nothing else of the unit stays.</summary>
    Refusal Refuse(Tx tx, Principal who, string action, PromotionRequest request, Refusal refusal)
    {
        ledger.RecordIfRefused(tx, who, action, Subject(request), () => LedgerWriter.Reason(refusal));
        return refusal;
    }

    static LedgerSubject Subject(PromotionRequest request) => new(request.Model, request.Digest, null, request.Environment, request.Slot);
}
