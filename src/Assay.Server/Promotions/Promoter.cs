using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Events;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Registry;
using Assay.Server.Storage;

namespace Assay.Server.Promotions;

/// <summary>What is to be approved, and on which ground. The reason is the mark of a text that stands beside the ledger.</summary>
sealed record NewPromotion(PromotionKind Kind, VersionView Version, string Environment, string Slot, Digest Verdict, DateTimeOffset NotAfter,
    IReadOnlyList<CountedApproval> Approvals, string? Request, string? Reason);

/// <summary>Appends a promotion: signed, in the ledger, told. The caller has decided, and holds the slot's lock.</summary>
sealed class Promoter(PromotionBook book, KeyRing ring, LedgerWriter ledger, LedgerTexts texts, Outbox outbox, TimeProvider time)
{
    public async Task<PromotionView> Make(Tx tx, NewPromotion made, Principal who)
    {
        var now = time.GetUtcNow();
        var (version, digest) = (made.Version, made.Version.Digest!.Value);
        var before = await book.Current(tx, version.Model, made.Environment, made.Slot);
        var promotion = new PromotionView(Ulid.New(now), made.Kind, version.Model, version.Number, digest, made.Environment, made.Slot, made.Verdict,
            now, made.NotAfter, who.ToString(), who.Verified, "", made.Approvals, made.Request, before?.Digest, made.Reason)
        { Seq = (before?.Seq ?? 0) + 1 };
        var payload = CanonicalJson.Bytes(StatementOf(promotion));
        var envelope = DsseEnvelope.Sign(payload, ring.Signing);
        var entry = await ledger.Record(tx, who, made.Kind is PromotionKind.Rollback ? LedgerActions.PromotionRolledBack : LedgerActions.PromotionMade,
            new(version.Model, digest, version.RunId, made.Environment, made.Slot), Detail(promotion, Digest.Of(payload)));
        await tx.Execute(PromotionSql.Insert, ("id", promotion.Id), ("model", version.Model), ("environment", made.Environment), ("slot", made.Slot), ("seq", promotion.Seq), ("kind", made.Kind),
            ("digest", digest), ("number", version.Number), ("verdict", made.Verdict), ("at", now), ("not_after", made.NotAfter), ("actor", who), ("verified", who.Verified), ("entry", entry),
            ("request", made.Request), ("replaces", before?.Digest), ("reason", made.Reason), ("approvals", JsonSerializer.Serialize(made.Approvals)), ("envelope", envelope.ToJson().ToJsonString()));
        await outbox.Publish(tx, new PromotionMade(version.Model, made.Environment, made.Slot, digest, promotion.Id, made.Kind.ToString().ToLowerInvariant()));
        return promotion with { Entry = entry, Envelope = envelope, Reason = await texts.Shown(tx, made.Reason) };
    }

    /// <summary>The in-toto statement of a promotion: environment, model and slot stand in it, so that it cannot be shown for another slot.</summary>
    static JsonObject StatementOf(PromotionView p) => Statement.About(p.Model, p.Digest, Statement.Promotion, new JsonObject
    {
        ["promotion"] = p.Id,
        ["kind"] = p.Kind.ToString().ToLowerInvariant(),
        ["environment"] = p.Environment,
        ["model"] = p.Model,
        ["slot"] = p.Slot,
        ["digest"] = p.Digest.ToString(),
        ["verdict"] = new JsonObject { ["sha256"] = p.VerdictDigest.Hex },
        ["approvals"] = Approvals(p),
        ["by"] = p.By,
        ["verified"] = p.Verified,
        ["made_at"] = Time(p.At),
        ["not_after"] = Time(p.NotAfter),
        ["replaces"] = p.Replaces?.ToString(),
    });

    /// <summary>Personal text stands beside the ledger, under its hash: so it can be erased.</summary>
    static JsonObject Detail(PromotionView p, Digest statement) => new()
    {
        ["promotion"] = p.Id,
        ["statement"] = statement.ToString(),
        ["verdict_digest"] = p.VerdictDigest.ToString(),
        ["approvals"] = Approvals(p),
        ["not_after"] = Time(p.NotAfter),
        ["replaces"] = p.Replaces?.ToString(),
        ["request"] = p.Request,
        ["reason"] = LedgerTexts.Told(p.Reason),
    };

    static JsonArray Approvals(PromotionView p) => new([.. p.Approvals.Select(a => new JsonObject { ["by"] = a.By, ["verified"] = a.Verified, ["at"] = Time(a.At), ["verdict"] = a.VerdictDigest.ToString() })]);

    static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
