using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Pages.Layout;
using Assay.Server.Pages.Parts;
using Assay.Server.Pages.Records;
using Assay.Server.Promotions;
using Assay.Server.Registry;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Pages.Overview;

/// <summary>The first page: every model, what is live where; or, in an empty registry, what to type.</summary>
internal static class OverviewPages
{
    const int MostModels = 10_000, MostShown = 30, MostFindings = 20, MostEnvironments = 4, MostLatest = 8, LookedAt = 60, MostLookedAt = 1200, MostWaiting = 10;

    internal static async Task<IResult> Show(Caller caller, HttpContext context, Store store, ModelTallies tallies, SlotLines slots, Sources sources, LedgerReader ledger, RequestViews requests, CancellationToken ct)
    {
        var (now, sees) = (Visit.Of(context).Now, caller.Sees);
        var found = await store.Read(async tx =>
        {
            List<SlotLine> lines = [];
            foreach (var slot in (await slots.Known(tx)).Where(slot => sees.Slot(slot.Model, slot.Environment)))
                lines.Add(await slots.Of(tx, slot, now));
            return (Tallies: await tallies.Of(tx, sees, MostModels), Slots: lines, Sources: await sources.Seen(tx, sees, now));
        }, ct);
        if (found.Tallies.Count == 0 && found.Slots.Count == 0)
            return Drawn.As<FirstStart>($"{context.Request.Scheme}://{context.Request.Host}");
        var latest = await Latest(ledger, sees, ct);
        var waiting = await requests.NewestOpen(sees, MostWaiting, ct);
        var ofModel = found.Slots.ToLookup(slot => slot.Model);
        var models = found.Tallies.Select(tally => Row(tally, [.. ofModel[tally.Model]]))
            .Concat(ofModel.Where(group => found.Tallies.All(tally => tally.Model != group.Key)).Select(group => new ModelRow(group.Key, "not registered", null, [.. group])))
            .OrderBy(model => model.Rank).ThenBy(model => model.Name, StringComparer.Ordinal).ToList();
        return Drawn.As<Overview>(new OverviewView([.. found.Slots.Select(slot => slot.Environment).Distinct().Take(MostEnvironments)], [.. models.Take(MostShown)],
            [.. found.Slots.SelectMany(slot => slot.Findings).OrderBy(finding => finding.Standing.Tone switch { Plots.Tone.Bad => 0, Plots.Tone.Warn => 1, _ => 2 }).ThenBy(finding => finding.Since).Take(MostFindings)],
            found.Sources, [.. waiting.Select(Waiting)], [.. latest.Select(line => line.AsMoment)])
        { All = models.Count });
    }

    /// <summary>The newest decisions about what the caller sees; looks back a bounded way.</summary>
    static async Task<List<EntryLine>> Latest(LedgerReader ledger, Sees sees, CancellationToken ct)
    {
        List<EntryLine> latest = [];
        var (before, looked) = (long.MaxValue, 0);
        while (latest.Count < MostLatest && looked < MostLookedAt)
        {
            var page = await ledger.NewestFirst(null, before, LookedAt, ct);
            latest.AddRange(page.Select(entry => EntryLine.Of(entry)).Where(line => line.Decision && (line.Model is { } model ? sees.Model(model) : sees.All)).Take(MostLatest - latest.Count));
            if (page.Count < LookedAt)
                break;
            (before, looked) = (page[^1].Seq!.Value, looked + page.Count);
        }
        return latest;
    }

    static ModelRow Row(ModelTally tally, IReadOnlyList<SlotLine> slots)
    {
        var hidden = string.Join(", ", new[]
        {
            tally.Candidates > 0 ? $"{tally.Candidates} {(tally.Candidates == 1 ? "candidate" : "candidates")}" : null,
            tally.Rejected > 0 ? $"{tally.Rejected} rejected" : null,
        }.Where(text => text is not null));
        return new(tally.Model, tally.NewestAdmitted is { } newest ? $"v{newest}" : tally.Versions == 0 ? "no version yet" : "none admitted", hidden.Length > 0 ? hidden : null, slots);
    }

    static WaitingRow Waiting(RequestAnswer request) => new(request.Model, new(request.Digest, request.Model, request.Version), request.Environment, request.Slot,
        request.State is RequestState.Gathering ? $"The verdict is {request.Verdict.ToString().ToLowerInvariant()}, so an approval now would not promote."
        : $"{(request.Approvals.Count(approval => approval.Counts) is > 0 and var given ? $"{given} given, " : "")}{string.Join(" and ", request.WaitingFor.Select(Missing))} missing.", request.OpenedAt);

    static string Missing(MissingApproval missing) => $"{missing.Count} {(missing.Count == 1 ? "approval" : "approvals")}{(missing.Role is { } role ? $" by {role}" : "")}";
}
