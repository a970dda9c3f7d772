using Assay.Contracts;
using Assay.Server.Deployments;
using Assay.Server.Identity;
using Assay.Server.Pages.Errors;
using Assay.Server.Pages.Layout;
using Assay.Server.Pages.Parts;
using Assay.Server.Promotions;
using Assay.Server.Registry;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http;
using Standing = Assay.Server.Pages.Parts.Standing;

namespace Assay.Server.Pages.Environment;

/// <summary>Environments: all, one, and one model in one.</summary>
internal static class EnvironmentPages
{
    const int MostLatest = 12, MostSlots = 30;

    internal static async Task<IResult> List(Caller caller, HttpContext context, Store store, Environments environments, SlotLines slots, CancellationToken ct)
    {
        var sees = caller.Sees;
        var now = Visit.Of(context).Now;
        return Drawn.As<EnvironmentsPage>(await store.Read(async tx =>
        {
            var known = (await slots.Known(tx)).Where(slot => sees.Slot(slot.Model, slot.Environment)).ToList();
            var declared = await environments.All(tx);
            List<EnvironmentRow> rows = [];
            foreach (var name in known.Select(slot => slot.Environment).Concat(declared.Select(environment => environment.Name)).Distinct())
            {
                var environment = await environments.Of(tx, name);
                List<SlotLine> lines = [];
                foreach (var slot in known.Where(slot => slot.Environment == name))
                    lines.Add(await slots.Of(tx, slot, now));
                rows.Add(new(name, environment.Declared, environment.Owners.Count > 0 ? string.Join(", ", environment.Owners) : environment.OnCall, lines.Count,
                    [.. lines.GroupBy(line => line.Standing).Select(group => group.Key.As(group.Count() == 1 ? group.Key.Word : $"{group.Count()} {group.Key.Word}"))], lines.Max(line => line.Heard)));
            }
            return new EnvironmentsPageView(rows);
        }, ct));
    }

    internal static async Task<IResult> One(string environment, Caller caller, HttpContext context, Store store, Environments environments, SlotLines slots, Sources sources, PromotionBook book, LiveState live, CancellationToken ct)
    {
        var (now, sees) = (Visit.Of(context).Now, caller.Sees);
        return await store.Read(async Task<IResult> (tx) =>
        {
            var known = (await slots.Known(tx)).Where(slot => slot.Environment == environment && sees.Slot(slot.Model, slot.Environment)).ToArray();
            if (known.Length == 0 && !await environments.Exists(tx, environment))
                return Missing(environment);
            List<SlotLine> lines = [];
            List<Moment> told = [];
            foreach (var slot in known)
            {
                lines.Add(await slots.Of(tx, slot, now));
                told.AddRange((await book.History(tx, slot.Model, slot.Environment, slot.Slot)).Take(MostLatest).Select(PromotionMoments.Of));
                told.AddRange(await Sightings(tx, slot, live, slots));
            }
            return Drawn.As<EnvironmentPage>(new EnvironmentPageView(environment, [.. lines.OrderBy(line => line.Standing.Tone switch { Plots.Tone.Bad => 0, Plots.Tone.Warn or Plots.Tone.None => 1, _ => 2 }).Take(MostSlots)], await sources.Seen(tx, sees, now, environment),
                [.. told.OrderByDescending(moment => moment.At).Take(MostLatest)])
            {
                All = lines.Count,
                Facts = Facts(await environments.Of(tx, environment)),
            });
        }, ct);
    }

    internal static async Task<IResult> ModelIn(string model, string environment, HttpContext context, Store store, Models models, SlotLines slots, Served served, PromotionBook book, LiveState live, CancellationToken ct, string? at = null)
    {
        var now = Visit.Of(context).Now;
        var asked = Moments.Read(at, now);
        if (!asked.Ok)
            return Drawn.As<ErrorPage>(ErrorView.Refused(asked.Refusal!, ($"{model} in {environment} now", Addresses.ModelIn(model, environment))), StatusCodes.Status400BadRequest);
        var moment = asked.Value ?? now;
        return await store.Read(async Task<IResult> (tx) =>
        {
            var known = (await slots.Known(tx)).Where(slot => slot.Model == model && slot.Environment == environment).ToArray();
            if (known.Length == 0 && await models.Find(tx, model) is { Ok: false, Refusal: { } refusal })
                return Drawn.As<ErrorPage>(ErrorView.Refused(refusal), StatusCodes.Status404NotFound);
            List<SlotLine> lines = [];
            List<Moment> decided = [];
            List<Moment> seen = [];
            foreach (var slot in known)
            {
                lines.Add(await slots.Of(tx, slot, moment));
                decided.AddRange((await book.History(tx, model, environment, slot.Slot)).Where(promotion => promotion.At <= moment).Take(MostLatest).Select(PromotionMoments.Of));
                seen.AddRange((await Sightings(tx, slot, live, slots)).Where(one => one.At <= moment));
            }
            return Drawn.As<ModelInPage>(new ModelInPageView(model, environment, lines, await served.Of(tx, new(environment, model, "primary"), moment),
                [.. decided.OrderByDescending(one => one.At)], [.. seen.OrderByDescending(one => one.At).Take(MostLatest)])
            { At = asked.Value });
        }, ct);
    }

    /// <summary>What CD reports now, and what was first seen when.</summary>
    internal static async Task<IReadOnlyList<Moment>> Sightings(Tx tx, SlotName slot, LiveState live, SlotLines slots)
    {
        List<Moment> told = [];
        foreach (var sighting in (await live.History(tx, slot)).Take(MostLatest))
        {
            var version = await slots.Ref(tx, slot.Model, sighting.Digest);
            told.Add(new(sighting.FirstSeen, Standing.Superseded, $"{slot.Model} {version.Name} {sighting.Digest.Hex[..8]} seen in {slot.Slot}", $"by {sighting.Source}, L{sighting.Level}", version.Address));
            if (sighting.EndedAt is { } end)
                told.Add(new(end, Standing.Superseded, $"{slot.Model} {version.Name} {sighting.Digest.Hex[..8]} gone from {slot.Slot}", $"by {sighting.Source}", version.Address));
        }
        var state = await live.Of(tx, slot, DateTimeOffset.MaxValue);
        if (state.Reported is { } report)
            told.Add(new(report.At, Standing.Superseded, $"{slot.Model} {(await slots.Ref(tx, slot.Model, report.Digest)).Name} {report.Digest.Hex[..8]} reported {report.Status.ToString().ToLowerInvariant()}",
                $"by {report.Actor ?? report.By}{(report.Verified ? "" : " (unverified)")}{(report.Commit is { } commit ? $", commit {commit[..Math.Min(7, commit.Length)]}" : "")}", RunGround.Web(report.Url)));
        return told;
    }

    /// <summary>Who answers for an environment, as declared.</summary>
    internal static IReadOnlyList<FactLine> Facts(EnvironmentView environment) =>
    [
        new("On call", environment.OnCall, "on_call: in the environment’s file"),
        new("Owner", environment.Owners.Count > 0 ? string.Join(", ", environment.Owners) : null, "owners: in the environment’s file"),
        new("Runbook", environment.Runbook, "runbook: in the environment’s file") { Href = RunGround.Web(environment.Runbook) },
        new("Slots", string.Join(", ", environment.Slots)),
        new("Silence allowed", Moments.Span(environment.Grace.StaleObservation)),
    ];

    static IResult Missing(string environment) => Drawn.As<ErrorPage>(ErrorView.Refused(
        new(RefusalKind.NotFound, "no-such-environment", $"There is no environment {environment}", "An environment comes into being when something is approved, reported or observed in it, or when it is declared."),
        ("Environments", "/environments")), StatusCodes.Status404NotFound);
}
