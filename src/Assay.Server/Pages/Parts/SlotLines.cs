using Assay.Contracts;
using Assay.Server.Deployments;
using Assay.Server.Drift;
using Assay.Server.Registry;
using Assay.Server.Storage;

namespace Assay.Server.Pages.Parts;

/// <summary>Slots as pages show them: the very state that the API and the CLI tell, with versions named. Judges nothing.</summary>
internal sealed class SlotLines(SlotStates states, Versions versions)
{
    /// <summary>Every slot in which something is approved, reported or observed; production and primary first.</summary>
    public async Task<IReadOnlyList<SlotName>> Known(Tx tx) =>
        [.. (await states.Names(tx)).OrderBy(slot => slot.Environment != "production").ThenBy(slot => slot.Environment, StringComparer.Ordinal)
            .ThenBy(slot => slot.Model, StringComparer.Ordinal).ThenBy(slot => slot.Slot != "primary").ThenBy(slot => slot.Slot, StringComparer.Ordinal)];

    /// <summary>One slot as it was known at a moment.</summary>
    public async Task<SlotLine> Of(Tx tx, SlotName name, DateTimeOffset at)
    {
        var slot = await states.Of(tx, name, at);
        List<SeenLine> seen = [];
        foreach (var one in slot.Observed.OrderByDescending(one => one.Share))
            seen.Add(new(await Ref(tx, name.Model, one.Digest), one.Share, one.Level, one.Since, one.Source, one.Digest == slot.Approved?.Digest)
            {
                Stale = one.Stale,
                Replicas = one is { Ready: { } ready, Wanted: { } wanted } ? $"{ready} of {wanted} replicas" : null,
            });
        List<FindingLine> findings = [];
        foreach (var finding in slot.Drift)
            findings.Add(await Line(tx, finding));
        return new(name.Model, name.Environment, name.Slot,
            slot.Approved is { } approved ? new(await Ref(tx, name.Model, approved.Digest), approved.At, approved.By) { Verified = approved.Verified, NotAfter = approved.NotAfter } : null,
            slot.Reported is { } report ? new(await Ref(tx, name.Model, report.Digest), "deployed", report.At, report.Actor ?? report.By, RunGround.Web(report.Url)) : null, seen)
        {
            Status = slot.Status,
            Heard = slot.Sources.Select(source => source.LastHeard).Max(),
            Stale = slot.Sources.Any(source => source.Stale) || slot.Observed.Any(one => one.Stale),
            Findings = findings,
        };
    }

    /// <summary>What a digest is: the model's own version, another model's, or nothing we know.</summary>
    public async Task<VersionRef> Ref(Tx tx, string model, Digest digest) =>
        await versions.Find(tx, model, digest.ToString()) is { Ok: true } own ? new(digest, own.Value.Model, own.Value.Number)
        : await versions.ByDigest(tx, digest) is { } other ? new(digest, other.Model, other.Number)
        : new(digest, null, null);

    async Task<FindingLine> Line(Tx tx, Finding finding)
    {
        var (words, command) = Mend.Of(finding.Mend);
        return new(finding.Kind, finding.Pending ? "info" : finding.Severity.ToString().ToLowerInvariant(), finding.Model, finding.Environment, finding.Slot, finding.Message, finding.Since, finding.Owner, words)
        {
            Command = command,
            Version = finding.Digest is { } digest ? await Ref(tx, finding.Model, digest) : null,
        };
    }
}
