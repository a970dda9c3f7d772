using Assay.Plots;
using Assay.Server.Drift;

namespace Assay.Server.Pages.Parts;

/// <summary>The one mark of a slot. Good only where something approved was seen, lately, and nothing else was.</summary>
public static class SlotStanding
{
    /// <summary>The worst finding speaks; then doubt; only then good news.</summary>
    public static Standing Of(SlotLine slot)
    {
        if (slot.Findings.FirstOrDefault(finding => finding.Kind != "stale-observation" && finding.Standing.Tone is Tone.Bad or Tone.Warn) is { } worst)
            return worst.Standing.As(worst.Kind);
        if (slot.Stale)
            return Standing.Unknown;
        if (slot.Observed.Count == 0)
            return slot.Approved is null ? Standing.Nothing.As("nothing approved") : slot.Findings.Count > 0 ? slot.Findings[0].Standing.As(slot.Findings[0].Kind) : Standing.NoData.As(slot.Heard is null ? "never seen" : "nothing seen");
        if (slot.Findings.Count > 0)
            return slot.Findings[0].Standing.As(slot.Findings[0].Kind);
        if (slot.Status is not (null or SlotStatus.AsApproved))
            return Standing.Unknown;
        if (slot.Observed.All(seen => seen.Approved))
            return Standing.Passed.As("in step");
        return Standing.Failed.As("not approved");
    }
}
