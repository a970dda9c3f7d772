using Assay.Contracts;
using Assay.Plots;
using Assay.Server.Pages.Parts;
using CsCheck;

namespace Assay.Tests.Unit.Pages;

public sealed class StandingsAreHonest
{
    static readonly DateTimeOffset Now = new(2026, 11, 2, 2, 14, 0, TimeSpan.Zero);
    static readonly VersionRef Ours = new(Digest.Of("ours"), "m", 1);

    static readonly Gen<SeenLine> Seen = Gen.Select(Gen.Bool, Gen.Int[0, 5], Gen.Double[0, 1], (approved, level, share) => new SeenLine(approved ? Ours : new(Digest.Of("alien"), null, null), share, level, Now, "agent", approved));

    static readonly Gen<FindingLine> Finding = Gen.Select(Gen.OneOf<string>("unapproved-live", "approved-not-live", "digest-mismatch", "stale-observation"), Gen.OneOf<string>("critical", "high", "medium", "low", "info", "odd"),
        (kind, severity) => new FindingLine(kind, severity, "m", "e", "primary", "what", Now, null, "mend"));

    static readonly Gen<SlotLine> Slots = Gen.Select(Seen.Array[0, 3], Finding.Array[0, 2], Gen.Bool, Gen.Bool, Gen.Bool, (seen, findings, stale, approved, heard) =>
        new SlotLine("m", "e", "primary", approved ? new(Ours, Now, "ida") : null, null, seen) { Findings = findings, Stale = stale, Heard = heard || seen.Length > 0 ? Now : null });

    [Fact]
    public void Nothing_is_good_that_is_stale_unseen_unapproved_or_disputed_by_a_finding() => Slots.Sample(slot =>
    {
        if (slot.Standing.Tone is not Tone.Ok)
            return;
        slot.Stale.ShouldBeFalse();
        slot.Observed.ShouldNotBeEmpty();
        slot.Observed.ShouldAllBe(seen => seen.Approved);
        slot.Findings.ShouldBeEmpty();
    }, iter: 5000);

    [Fact]
    public void A_fatal_finding_is_never_hidden_behind_unknown() => Slots.Sample(slot =>
    {
        if (slot.Findings.Any(finding => finding.Kind != "stale-observation" && finding.Severity is "critical"))
            slot.Standing.Tone.ShouldBeOneOf(Tone.Bad, Tone.Warn);
    }, iter: 5000);

    [Fact]
    public void Words_we_do_not_know_are_unknown_and_never_good()
    {
        Standing.OfVerdict("excellent").Tone.ShouldBe(Tone.None);
        Standing.OfRun("excellent").Tone.ShouldBe(Tone.None);
        Standing.OfSeverity("excellent").Tone.ShouldBe(Tone.None);
    }

    [Fact]
    public void No_two_standings_share_shape_and_colour() =>
        Standing.All.Select(standing => (standing.Shape, standing.Tone)).ShouldBeUnique();
}
