using Assay.Contracts;
using Assay.Server.Deployments;

namespace Assay.Server.Drift;

/// <summary>Which digest is approved for a slot, as the findings need it.</summary>
/// <param name="Digest">The digest.</param>
/// <param name="Promotion">The promotion's id.</param>
/// <param name="At">Since when.</param>
/// <param name="IsRollback">Did a rollback approve it? Then what it replaced has no time left.</param>
/// <param name="Replaces">What was approved before.</param>
public sealed record Approved(Digest Digest, string Promotion, DateTimeOffset At, bool IsRollback, Digest? Replaces);

/// <summary>All that the findings of a slot are made of: what is approved, and what is known to run.</summary>
public sealed record SlotView(LiveSlot Live, Approved? Approved)
{
    /// <summary>Which slot.</summary>
    public SlotName Name => Live.Slot;

    /// <summary>How long differences may last.</summary>
    public Grace Grace => Live.Environment.Grace;

    /// <summary>What is seen taking traffic, by fresh observations only: a stale one says nothing about now.</summary>
    public IEnumerable<Sighting> Seen => Live.Observed.Where(s => !s.Stale && s.Share > 0);

    /// <summary>CD's claim that something takes traffic.</summary>
    public Report? Claim => Live.Reported is { Share: > 0 } report ? report : null;

    /// <summary>Does an observer know, from after the claim, what runs?</summary>
    public bool ClaimWasChecked => Claim is { } claim && Live.Observers.Any(o => !o.Stale && o.LastHeard > claim.ReceivedAt);

    /// <summary>Who answers for the environment.</summary>
    public string Owner => Live.Environment.Owners.Count > 0 ? string.Join(", ", Live.Environment.Owners)
        : Live.Environment.OnCall ?? $"not declared (assay environment apply FILE, for {Name.Environment})";

    /// <summary>A finding of this slot; pending while it is younger than <paramref name="grace"/>.</summary>
    internal Finding Find(string kind, Severity severity, Digest? digest, string about, DateTimeOffset since, TimeSpan grace, DateTimeOffset now, string message, string mend, int? level = null, string? source = null)
    {
        var age = now > since ? now - since : TimeSpan.Zero;
        return new($"{kind}/{Name.Environment}/{Name.Model}/{Name.Slot}/{about}", kind, severity, age < grace, Name.Environment, Name.Model, Name.Slot, digest, level, source,
            since, (long)age.TotalSeconds, Owner, message, mend);
    }

    /// <summary>The options that name this slot on a command line.</summary>
    internal string Options => $"--env {Name.Environment}{(Name.Slot == "primary" ? "" : $" --slot {Name.Slot}")}";
}
