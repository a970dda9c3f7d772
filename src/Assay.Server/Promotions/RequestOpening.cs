using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Policies;
using Assay.Server.Registry;
using Assay.Server.Storage;

namespace Assay.Server.Promotions;

/// <summary>A request that is open now; without <see cref="Standing"/> it had taken effect before, and still holds.</summary>
sealed record OpenedRequest(PromotionRequest Request, [property: System.Text.Json.Serialization.JsonIgnore] Standing? Standing, bool New);

/// <summary>From a wish to an open request: only admitted, unrecalled versions, outside freezes; one request for a version and slot.</summary>
sealed class RequestOpening(RequestFlow flow, Gatekeeper gate, PolicyShelf policies, Versions versions, PromotionBook book, LedgerWriter ledger, LedgerTexts texts, TimeProvider time)
{
    public async Task<Result<OpenedRequest>> Open(Tx tx, PromotionWish wish, Principal who)
    {
        if (Malformed(wish) is { } malformed)
            return malformed;
        var found = await Promotable(tx, wish, who);
        if (!found.Ok)
            return found.Refusal!;
        var (version, digest, now) = (found.Value, found.Value.Digest!.Value, time.GetUtcNow());
        await tx.Lock("promotions", $"{version.Model}/{wish.Environment}/{wish.Slot}");
        if (await Holding(tx, version.Model, wish, digest, now) is { } held)
            return new OpenedRequest(held, null, false);
        if (await tx.First(RequestSql.OpenFor, ("model", version.Model), ("environment", wish.Environment), ("slot", wish.Slot), ("digest", digest)) is { } open)
        {
            if (open.OpenAt(now))
                return (await flow.Judge(tx, open, version, who)).Map(standing => new OpenedRequest(standing.Request, standing, false));
            await flow.Close(tx, open, RequestState.Expired, Principal.Server, "nobody decided in time");
        }
        return await Insert(tx, wish, version, digest, who, now);
    }

    static Refusal? Malformed(PromotionWish wish) =>
        wish.Model.Length == 0 ? PromotionRefusals.Field("model")
        : wish.Version.Length == 0 ? PromotionRefusals.Field("digest")
        : wish.Environment == PolicyMatch.Admission ? PromotionRefusals.Registry()
        : Slots.Problem(wish.Environment, wish.Slot);

    async Task<Result<VersionView>> Promotable(Tx tx, PromotionWish wish, Principal who)
    {
        var found = await versions.Find(tx, wish.Model, wish.Version);
        if (!found.Ok)
            return found;
        var missing = new List<RuleResult>();
        if (found.Value is { Digest: not null, Status: VersionStatus.Candidate or VersionStatus.Rejected })
        {
            // Its evidence may have come a moment ago: admission is tried here too, so that nobody has to wait for it.
            if (await gate.TryAdmit(tx, found.Value) is { Ok: true } judged)
                missing.AddRange(judged.Value.Rules.Where(r => !r.Verdict.Opens()));
            found = await versions.Find(tx, wish.Model, wish.Version);
        }
        var version = found.Value;
        if (version is { Status: VersionStatus.Admitted, Recalled: false, Digest: not null })
            return await Thawed(tx, wish, version, who) is { } frozen ? frozen : version;
        return Refuse(tx, who, wish, version, version.Recalled ? PromotionRefusals.Recalled(version) : PromotionRefusals.NotAdmitted(version, missing));
    }

    async Task<Refusal?> Thawed(Tx tx, PromotionWish wish, VersionView version, Principal who)
    {
        var policy = await policies.For(tx, version.Model, wish.Environment, wish.Slot);
        return policy.Freeze.FirstOrDefault(f => f.Holds(time.GetUtcNow())) is { } window
            ? Refuse(tx, who, wish, version, PromotionRefusals.Frozen(wish.Environment, window, policy.Name))
            : null;
    }

    /// <summary>The request behind what is approved already. In the second half of its time it may be renewed by asking again.</summary>
    async Task<PromotionRequest?> Holding(Tx tx, string model, PromotionWish wish, Digest digest, DateTimeOffset now)
    {
        if (await book.Current(tx, model, wish.Environment, wish.Slot) is not { } current || current.Digest != digest || current.Request is null)
            return null;
        return now < current.At + ((current.NotAfter - current.At) / 2) ? await tx.First(RequestSql.ById, ("id", current.Request)) : null;
    }

    async Task<Result<OpenedRequest>> Insert(Tx tx, PromotionWish wish, VersionView version, Digest digest, Principal who, DateTimeOffset now)
    {
        var judged = await gate.Judge(tx, version, wish.Environment, wish.Slot, who);
        if (!judged.Ok)
            return judged.Refusal!;
        var verdict = judged.Value;
        var comment = await texts.Keep(tx, wish.Comment);
        var request = new PromotionRequest(Ulid.New(now), version.Model, wish.Environment, wish.Slot, digest, version.Number, RequestState.Gathering, true, comment,
            who.ToString(), who.Verified, now, now + (verdict.NotAfter - verdict.DecidedAt), verdict.VerdictDigest, null);
        await tx.Execute(RequestSql.Insert, ("id", request.Id), ("model", request.Model), ("environment", request.Environment), ("slot", request.Slot), ("digest", digest), ("number", version.Number),
            ("state", request.State), ("comment", comment), ("by", request.OpenedBy), ("verified", request.Verified), ("at", now), ("expires", request.ExpiresAt), ("verdict", request.Verdict));
        await flow.Step(tx, request, "opened", who, comment ?? "");
        await flow.Step(tx, request, "judged", who, $"the gate says {verdict.Outcome.Word()} (verdict {verdict.VerdictDigest.Short}…)");
        await ledger.Record(tx, who, LedgerActions.PromotionRequested, new(version.Model, digest, version.RunId, wish.Environment, wish.Slot), new JsonObject
        {
            ["request"] = request.Id,
            ["verdict"] = verdict.Outcome.Word(),
            ["verdict_digest"] = verdict.VerdictDigest.ToString(),
            ["comment"] = LedgerTexts.Told(comment),
        });
        return (await flow.Judge(tx, request, version, who)).Map(standing => new OpenedRequest(standing.Request, standing, true));
    }

    Refusal Refuse(Tx tx, Principal who, PromotionWish wish, VersionView version, Refusal refusal)
    {
        ledger.RecordIfRefused(tx, who, LedgerActions.PromotionRequested, new(version.Model, version.Digest, version.RunId, wish.Environment, wish.Slot), () => LedgerWriter.Reason(refusal));
        return refusal;
    }
}
