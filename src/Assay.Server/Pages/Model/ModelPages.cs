using Assay.Contracts;
using Assay.Plots;
using Assay.Server.Evidence;
using Assay.Server.Pages.Errors;
using Assay.Server.Pages.Layout;
using Assay.Server.Pages.Parts;
using Assay.Server.Registry;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http;
using Standing = Assay.Server.Pages.Parts.Standing;

namespace Assay.Server.Pages.Model;

/// <summary>One model.</summary>
internal static class ModelPages
{
    const int PageSize = 20;

    internal static async Task<IResult> Show(string model, HttpContext context, Store store, Models models, ModelTallies tallies, SlotLines slots, Served served, EvidenceShelf shelf, CancellationToken ct, long before = long.MaxValue)
    {
        var now = Visit.Of(context).Now;
        return await store.Read(async Task<IResult> (tx) =>
        {
            var found = await models.Find(tx, model);
            if (!found.Ok)
                return Drawn.As<ErrorPage>(ErrorView.Refused(found.Refusal!), StatusCodes.Status404NotFound);
            var known = (await slots.Known(tx)).Where(slot => slot.Model == model).ToArray();
            List<SlotLine> lines = [];
            foreach (var slot in known)
                lines.Add(await slots.Of(tx, slot, now));
            List<Strip> strips = [];
            foreach (var environment in known.Select(slot => slot.Environment).Distinct())
                if (await served.Of(tx, new(environment, model, "primary"), now) is { } strip)
                    strips.Add(strip);
            var versions = await tallies.Page(tx, model, before, PageSize);
            List<VersionRow> rows = [];
            foreach (var version in versions)
                rows.Add(await Row(tx, version, lines, shelf));
            return Drawn.As<ModelPage>(new ModelPageView(model, found.Value.Description, lines, strips, rows, await tallies.CountOf(tx, model), [.. Aliases(found.Value, versions, lines, await models.Champion(tx, model))])
            {
                Older = versions.Count == PageSize ? versions[^1].Number : null,
            });
        }, ct);
    }

    static async Task<VersionRow> Row(Tx tx, VersionView version, IReadOnlyList<SlotLine> slots, EvidenceShelf shelf)
    {
        var evidence = version.Digest is { } digest ? await shelf.Of(tx, digest) : [];
        var heldout = evidence.FirstOrDefault(one => one.Kind == "heldout" && one.State is EvidenceState.Sound);
        var note = version.Gaps.Count > 0 ? $"{version.Gaps.Count} {(version.Gaps.Count == 1 ? "item" : "items")} missing"
            : version.Status is VersionStatus.Waiting ? "run still going" : version.Status is VersionStatus.Rejected ? Shortened.Of(version.StatusReason ?? "rejected") : null;
        return new(version.Number, VersionStandings.Of(version), version.Digest, version.CreatedAt, heldout?.Evaluation is { } measured ? EvidenceSummary.Of(measured) : null, note, [.. Places(version.Digest, slots)]);
    }

    /// <summary>Where a digest is approved or seen.</summary>
    internal static IEnumerable<(string Environment, Standing Standing)> Places(Digest? digest, IReadOnlyList<SlotLine> slots)
    {
        foreach (var slot in slots)
        {
            var approved = slot.Approved?.Version.Digest == digest && digest is not null;
            var seen = slot.Observed.FirstOrDefault(one => one.Version.Digest == digest);
            var where = slot.Slot == "primary" ? "" : slot.Slot + " ";
            if (seen is not null)
                yield return (slot.Environment, seen.Stale ? Standing.Unknown.As($"{where}last seen") : approved ? Standing.Passed.As($"{where}live, approved") : Standing.Failed.As($"{where}live, not approved"));
            else if (approved)
                yield return (slot.Environment, Standing.Waiting.As($"{where}approved, not seen"));
        }
    }

    static IEnumerable<AliasRow> Aliases(ModelView model, IReadOnlyList<VersionView> versions, IReadOnlyList<SlotLine> slots, Digest? champion)
    {
        var approved = slots.FirstOrDefault(slot => slot is { Environment: "production", Slot: "primary" })?.Approved;
        if (champion is not null)
            yield return new("@champion", approved?.Version.Number, true, Standing.Passed.As("derived"), "the approved primary of production");
        foreach (var (alias, number) in model.Aliases)
            yield return new("@" + alias, number, false, null, "says nothing about an environment");
        foreach (var version in versions.Where(version => version.Stage is not ("None" or "Archived")))
        {
            var agrees = version.Stage == "Production" && approved is not null ? approved.Version.Number == version.Number : (bool?)null;
            yield return new($"stage: {version.Stage}", version.Number, false, agrees is null ? null : agrees.Value ? Standing.Passed.As("agrees") : Standing.Failed.As("disagrees"),
                agrees switch { null => "nothing is known here to compare it with", true => "the approved primary of production", _ => $"{approved!.Version.Name} is approved for production; clients that load by this stage get v{version.Number}" });
        }
    }
}
