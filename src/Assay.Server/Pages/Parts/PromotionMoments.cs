using Assay.Server.Promotions;

namespace Assay.Server.Pages.Parts;

/// <summary>A promotion on a timeline.</summary>
internal static class PromotionMoments
{
    internal static Moment Of(PromotionView promotion)
    {
        var back = promotion.Kind is PromotionKind.Rollback;
        var where = promotion.Slot == "primary" ? promotion.Environment : $"{promotion.Environment} {promotion.Slot}";
        var approvals = promotion.Approvals.Count == 0 ? null : "approved by " + string.Join(", ", promotion.Approvals.Select(approval => approval.By + (approval.Verified ? "" : " (unverified)")));
        var parts = new[] { $"by {promotion.By}{(promotion.Verified ? "" : " (unverified)")}", approvals, promotion.Reason is { Length: > 0 } reason ? $"“{reason}”" : null };
        return new(promotion.At, back ? Standing.RolledBack : Standing.Passed, $"{promotion.Model} v{promotion.Version} {(back ? "rolled back to" : "promoted")} in {where}", string.Join("; ", parts.Where(part => part is not null)), $"/ledger/{promotion.Entry}");
    }
}
