namespace Assay.Server.Drift.Kinds;

/// <summary>What is claimed about a slot is not what is seen there: CD's report, or the promotion that a workload says it runs.</summary>
internal static class DigestMismatch
{
    public static IEnumerable<Finding> Find(SlotView slot, DateTimeOffset now)
    {
        var seen = slot.Seen.ToList();
        if (slot.Claim is { } claim && slot.ClaimWasChecked && seen.TrueForAll(s => s.Digest != claim.Digest))
            yield return slot.Find("digest-mismatch", Severity.Critical, claim.Digest, $"report/{claim.Digest.Short}", claim.ReceivedAt, slot.Grace.DigestMismatch, now,
                $"{claim.By} reports {claim.Digest.Short} as deployed to {slot.Name.Environment}/{slot.Name.Slot}, but {(seen.Count == 0 ? "nothing is seen there" : $"{Names(seen)} is seen there")}.",
                $"Find out what CD deployed{(claim.Url is { } url ? $" ({url})" : "")}, then deploy what is approved: assay pull {slot.Name.Model} {slot.Options} --verify -o DIR",
                seen.Count == 0 ? null : seen.Max(s => s.Level));
        foreach (var lie in seen.Where(s => slot.Approved is { } a && s.Digest != a.Digest && (string?)s.Claims?["promotion"] == a.Promotion))
            yield return slot.Find("digest-mismatch", Severity.Critical, lie.Digest, $"claim/{lie.Digest.Short}", lie.Since, slot.Grace.DigestMismatch, now,
                $"The workload in {slot.Name.Environment}/{slot.Name.Slot} says that it runs promotion {slot.Approved!.Promotion} ({slot.Approved.Digest.Short}), but {lie.Source} sees {lie.Digest.Short} (level {lie.Level}).",
                $"Deploy what the promotion approves: assay pull {slot.Name.Model} {slot.Options} --verify -o DIR", lie.Level, lie.Source);
    }

    static string Names(IEnumerable<Deployments.Sighting> seen) => string.Join(", ", seen.Select(s => $"{s.Digest.Short} (level {s.Level})").Distinct());
}
