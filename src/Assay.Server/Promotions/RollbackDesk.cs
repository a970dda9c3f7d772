using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Policies;
using Assay.Server.Registry;
using Assay.Server.Storage;

namespace Assay.Server.Promotions;

/// <summary>Which slot is to go back, why, and perhaps to what.</summary>
public sealed record RollbackWish(string Model, string Environment, string Slot, string? To, string Reason);

/// <summary>
/// The fast path: back to the last known good digest, at once, for whoever the policy lets. It rests on the verdict that this digest once had,
/// expired or not, and no freeze holds it up: a rollback is always easier than a roll-forward.
/// </summary>
sealed class RollbackDesk(Store store, PromotionBook book, PolicyShelf policies, Versions versions, Promoter promoter, LedgerWriter ledger, LedgerTexts texts, TimeProvider time)
{
    public Task<Result<PromotionView>> RollBack(RollbackWish wish, Principal who, CancellationToken ct) => store.Write(async Task<Result<PromotionView>> (tx) =>
    {
        if (Malformed(wish) is { } malformed)
            return malformed;
        await tx.Lock("promotions", $"{wish.Model}/{wish.Environment}/{wish.Slot}");
        var policy = await policies.For(tx, wish.Model, wish.Environment, wish.Slot);
        if (!May(who, wish, policy))
            return Refuse(tx, who, wish, null, PromotionRefusals.MayNotRollBack(who, policy));
        if (await book.Current(tx, wish.Model, wish.Environment, wish.Slot) is not { } current)
            return Refuse(tx, who, wish, null, PromotionRefusals.NothingToRollBack(wish.Model, wish.Environment, wish.Slot));
        var target = wish.To is { Length: > 0 } named ? await Named(tx, wish, named, current)
            : await book.LastGood(tx, wish.Model, wish.Environment, wish.Slot) is { } good ? good : PromotionRefusals.NoLastGood(current);
        if (!target.Ok)
            return Refuse(tx, who, wish, current.Digest, target.Refusal!);
        var version = await versions.Find(tx, wish.Model, target.Value.Digest.ToString());
        if (!version.Ok)
            return version.Refusal!;
        return await promoter.Make(tx, new(PromotionKind.Rollback, version.Value, wish.Environment, wish.Slot, target.Value.VerdictDigest, time.GetUtcNow() + policy.ValidFor, target.Value.Approvals, null, await texts.Keep(tx, wish.Reason)), who);
    }, ct);

    static Refusal? Malformed(RollbackWish wish) =>
        string.IsNullOrWhiteSpace(wish.Reason) ? PromotionRefusals.Field("reason") : Slots.Problem(wish.Environment, wish.Slot);

    /// <summary>People, in one of the policy's roles; local mode's one principal stands for all of them, unverified.</summary>
    static bool May(Principal who, RollbackWish wish, Policy policy) =>
        who == Principal.Local || (who.Kind is PrincipalKind.Person or PrincipalKind.Local && policy.RollbackRoles.Intersect(who.RolesFor(new(Model: wish.Model, Environment: wish.Environment))).Any());

    async Task<Result<PromotionView>> Named(Tx tx, RollbackWish wish, string key, PromotionView current)
    {
        var found = await versions.Find(tx, wish.Model, key);
        if (!found.Ok)
            return found.Refusal!;
        var version = found.Value;
        if (version.Digest == current.Digest)
            return PromotionRefusals.AlreadyThere(current);
        if ((await book.History(tx, wish.Model, wish.Environment, wish.Slot)).Find(p => p.Digest == version.Digest) is not { } before)
            return PromotionRefusals.NeverApproved(version, wish.Environment, wish.Slot);
        return version.Recalled ? PromotionRefusals.Recalled(version) : version.Status is not VersionStatus.Admitted ? PromotionRefusals.NotAdmitted(version, []) : before;
    }

    Refusal Refuse(Tx tx, Principal who, RollbackWish wish, Digest? current, Refusal refusal)
    {
        ledger.RecordIfRefused(tx, who, LedgerActions.PromotionRolledBack, new(wish.Model, current, null, wish.Environment, wish.Slot), () => LedgerWriter.Reason(refusal));
        return refusal;
    }
}
