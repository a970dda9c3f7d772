using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Policies;
using Assay.Server.Registry;
using Assay.Server.Storage;

namespace Assay.Server.Promotions;

/// <summary>A request with all that decides about it now.</summary>
sealed record Standing(PromotionRequest Request, VersionView Version, Verdict Verdict, IReadOnlyList<Decision> Decisions, Involved Involved)
{
    /// <summary>The approvals that are still missing.</summary>
    public IReadOnlyList<MissingApproval> Missing => ApprovalCount.Missing(Verdict.Approvals, Decisions, Verdict.VerdictDigest, Involved);
}

/// <summary>
/// Moves a request along: judges it anew, voids approvals whose ground is gone, and lets it take effect once nothing is missing. Every method
/// works inside the caller's unit, which holds the slot's lock.
/// </summary>
sealed class RequestFlow(Gatekeeper gate, PolicyShelf policies, InvolvedParties involved, Promoter promoter, TimeProvider time)
{
    /// <summary>Asks the gate again. A new verdict is a new ground: approvals of the old one do not count any more.</summary>
    public async Task<Result<Standing>> Judge(Tx tx, PromotionRequest request, VersionView version, Principal who)
    {
        var judged = await gate.Judge(tx, version, request.Environment, request.Slot, who);
        if (!judged.Ok)
            return judged.Refusal!;
        var decisions = await tx.All(RequestSql.Decisions, ("request", request.Id));
        if (judged.Value.VerdictDigest != request.Verdict)
            request = await Rejudged(tx, request, judged.Value, decisions, who);
        return new Standing(request, version, judged.Value, decisions, await involved.Of(tx, version, judged.Value));
    }

    /// <summary>Writes down where the request stands; takes effect when the gate is open and nobody's approval is missing.</summary>
    public async Task<PromotionRequest> Settle(Tx tx, Standing standing, Principal who)
    {
        var (request, verdict, now) = (standing.Request, standing.Verdict, time.GetUtcNow());
        var usable = standing.Version is { Status: VersionStatus.Admitted, Recalled: false };
        if (usable && verdict.OpensAt(now) && standing.Missing.Count == 0 && await Freeze(tx, request, now) is null)
            return await TakeEffect(tx, standing, who);
        var state = verdict.Outcome.Opens() || verdict.Outcome is Outcome.Failed ? RequestState.Decided : RequestState.Gathering;
        return await Put(tx, request with { State = state });
    }

    /// <summary>The freeze that holds for a request's slot, with its policy; null when there is none.</summary>
    public async Task<(FreezeWindow Window, string Policy)?> Freeze(Tx tx, PromotionRequest request, DateTimeOffset now)
    {
        var policy = await policies.For(tx, request.Model, request.Environment, request.Slot);
        return policy.Freeze.FirstOrDefault(f => f.Holds(now)) is { } window ? (window, policy.Name) : null;
    }

    /// <summary>Ends a request without effect.</summary>
    public async Task<PromotionRequest> Close(Tx tx, PromotionRequest request, RequestState state, Principal who, string text)
    {
        await Step(tx, request, state.ToString().ToLowerInvariant(), who, text);
        return await Put(tx, request with { State = state, Open = false });
    }

    /// <summary>Adds a line to the timeline.</summary>
    public Task<int> Step(Tx tx, PromotionRequest request, string what, Principal who, string text) =>
        tx.Execute(RequestSql.AddStep, ("request", request.Id), ("at", time.GetUtcNow()), ("what", what), ("actor", who), ("words", text));

    async Task<PromotionRequest> Rejudged(Tx tx, PromotionRequest request, Verdict verdict, List<Decision> decisions, Principal who)
    {
        var lost = ApprovalCount.Counting(decisions, request.Verdict);
        await Step(tx, request, "judged", who, $"the gate says {verdict.Outcome.Word()} (verdict {verdict.VerdictDigest.Short}…)");
        if (lost.Count > 0)
            await Step(tx, request, "void", who, $"void, because what they were given for changed: the approval{(lost.Count == 1 ? "" : "s")} by {string.Join(", ", lost.Select(d => d.By))}");
        return request with { Verdict = verdict.VerdictDigest };
    }

    async Task<PromotionRequest> TakeEffect(Tx tx, Standing standing, Principal who)
    {
        var (request, verdict) = (standing.Request, standing.Verdict);
        var counted = ApprovalCount.Counting(standing.Decisions, verdict.VerdictDigest);
        var promotion = await promoter.Make(tx, new(PromotionKind.Promotion, standing.Version, request.Environment, request.Slot, verdict.VerdictDigest, verdict.NotAfter,
            [.. counted.Select(d => new CountedApproval(d.By, d.Verified, d.At, d.Verdict))], request.Id, request.Comment), who);
        await Step(tx, request, "promoted", who, $"approved for {request.Environment}/{request.Slot} until {verdict.NotAfter.UtcDateTime:yyyy-MM-dd HH:mm}Z");
        foreach (var older in await tx.All(RequestSql.OpenIn, ("model", request.Model), ("environment", request.Environment), ("slot", request.Slot)))
            if (older.Id != request.Id && older.OpenedAt <= request.OpenedAt)
                await Close(tx, older, RequestState.Superseded, who, $"request {request.Id} took effect first");
        return await Put(tx, request with { State = RequestState.Approved, Open = false, Promotion = promotion.Id });
    }

    static async Task<PromotionRequest> Put(Tx tx, PromotionRequest request)
    {
        await tx.Execute(RequestSql.Update, ("id", request.Id), ("state", request.State), ("open", request.Open), ("verdict", request.Verdict), ("promotion", request.Promotion));
        return request;
    }
}
