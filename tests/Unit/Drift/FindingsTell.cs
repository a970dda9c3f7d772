using Assay.Server.Deployments;
using Assay.Server.Drift;
using CsCheck;
using static Assay.Tests.Unit.Drift.Slots;

namespace Assay.Tests.Unit.Drift;

/// <summary>What always holds of findings, whatever is approved, reported and seen.</summary>
public sealed class FindingsTell
{
    [Fact]
    public void Green_needs_a_fresh_sighting_of_what_is_approved_and_nobody_silent() => Any.Sample(slot =>
    {
        if (SlotStanding.Of(slot, Findings.Of(slot, Now)) is not SlotStatus.AsApproved)
            return;
        slot.Live.Observed.ShouldContain(s => !s.Stale && s.Share > 0 && s.Digest == slot.Approved!.Digest);
        slot.Live.Observers.ShouldAllBe(o => !o.Stale);
    });

    [Fact]
    public void A_silent_observer_is_always_found_and_never_pending() => Any.Sample(slot =>
    {
        var stale = Findings.Of(slot, Now).Where(f => f.Kind == "stale-observation").ToList();
        stale.Select(f => f.Source).ToHashSet().SetEquals(slot.Live.Observers.Where(o => o.Stale).Select(o => o.Name)).ShouldBeTrue();
        stale.ShouldAllBe(f => !f.Pending);
    });

    [Fact]
    public void Whatever_is_freshly_seen_taking_traffic_and_is_not_approved_is_found() => Any.Sample(slot =>
    {
        var found = Findings.Of(slot, Now).Where(f => f.Kind == "unapproved-live").Select(f => f.Digest!.Value).ToHashSet();
        foreach (var seen in slot.Live.Observed.Where(s => !s.Stale && s.Share > 0 && s.Digest != slot.Approved?.Digest))
            found.ShouldContain(seen.Digest);
        if (slot.Approved is { } approved)
            found.ShouldNotContain(approved.Digest);
    });

    [Fact]
    public void Each_finding_has_an_owner_a_mend_an_age_and_an_id_that_stays_the_same() => Any.Sample(slot =>
    {
        var found = Findings.Of(slot, Now);
        var later = Findings.Of(slot, Now.AddHours(1));
        found.ShouldAllBe(f => f.Owner.Length > 0 && f.Mend.Length > 0 && f.Message.Length > 0 && f.AgeSeconds >= 0);
        found.Select(f => f.Id).ToHashSet().IsSubsetOf(later.Select(f => f.Id)).ShouldBeTrue();
        foreach (var finding in found)
            later.First(f => f.Id == finding.Id).Since.ShouldBe(finding.Since);
    });

    [Fact]
    public void A_report_of_something_unapproved_is_found_at_once()
    {
        var found = Findings.Of(View(Approval(A), Claim(B, Now)), Now);
        found.ShouldContain(f => f.Kind == "unapproved-live" && f.Digest == B && f.Level == 0 && !f.Pending);
    }

    [Fact]
    public void What_a_promotion_replaced_may_run_while_the_rollout_lasts_but_not_after_a_rollback()
    {
        SlotView Slot(bool rollback) => View(Approval(A, TimeSpan.FromMinutes(1), replaces: B, rollback), seen: [Sighting(B)], watchers: [Watcher()]);
        Findings.Of(Slot(rollback: false), Now).Single(f => f.Kind == "unapproved-live").Pending.ShouldBeTrue();
        Findings.Of(Slot(rollback: false), Now.AddHours(1)).Single(f => f.Kind == "unapproved-live").Pending.ShouldBeFalse();
        Findings.Of(Slot(rollback: true), Now).Single(f => f.Kind == "unapproved-live").Pending.ShouldBeFalse();
    }

    [Fact]
    public void What_is_approved_and_not_live_is_pending_for_the_environments_grace()
    {
        var quick = EnvironmentView.Undeclared("production") with { Grace = Grace.Default with { ApprovedNotLive = TimeSpan.FromMinutes(5) }, Owners = ["ana", "bo"] };
        Finding Of(TimeSpan ago) => Findings.Of(View(Approval(A, ago), watchers: [Watcher()], environment: quick), Now).Single();
        Of(TimeSpan.FromMinutes(4)).ShouldSatisfyAllConditions(f => f.Kind.ShouldBe("approved-not-live"), f => f.Pending.ShouldBeTrue(), f => f.Owner.ShouldBe("ana, bo"));
        Of(TimeSpan.FromMinutes(6)).Pending.ShouldBeFalse();
    }

    [Fact]
    public void Nobody_is_told_that_it_is_not_live_while_all_observers_are_silent() =>
        Findings.Of(View(Approval(A), watchers: [Watcher(stale: true)]), Now).Select(f => f.Kind).ShouldBe(["stale-observation"]);

    [Fact]
    public void A_claim_that_an_observer_contradicts_afterwards_is_a_mismatch()
    {
        var found = Findings.Of(View(Approval(A), Claim(A, Now.AddMinutes(-5)), [Sighting(B)], [Watcher()]), Now);
        found.ShouldContain(f => f.Kind == "digest-mismatch" && f.Digest == A);
        found.ShouldContain(f => f.Kind == "unapproved-live" && f.Digest == B);
        Findings.Of(View(Approval(A), Claim(A, Now), [Sighting(B)], [Watcher()]), Now).ShouldNotContain(f => f.Kind == "digest-mismatch", "nobody looked since");
    }

    [Fact]
    public void A_workload_that_claims_the_promotion_but_runs_something_else_is_a_mismatch()
    {
        var lie = Sighting(B) with { Claims = new() { ["promotion"] = "P1" } };
        Findings.Of(View(Approval(A), seen: [lie], watchers: [Watcher()]), Now).ShouldContain(f => f.Kind == "digest-mismatch" && f.Digest == B);
    }

    [Fact]
    public void Agreement_by_report_alone_is_a_claim_and_not_green()
    {
        var slot = View(Approval(A), Claim(A, Now.AddHours(-1)));
        Findings.Of(slot, Now).ShouldBeEmpty();
        SlotStanding.Of(slot, []).ShouldBe(SlotStatus.Claimed);
    }
}
