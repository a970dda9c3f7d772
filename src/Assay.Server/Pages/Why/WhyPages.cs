using Assay.Contracts;
using Assay.Server.Access.Exchange;
using Assay.Server.Drift;
using Assay.Server.Drift.Why;
using Assay.Server.Pages.Errors;
using Assay.Server.Pages.Layout;
using Assay.Server.Pages.Parts;
using Assay.Server.Policies;
using Assay.Server.Registry;
using Assay.Server.Storage;
using Assay.Server.Tracking;
using Microsoft.AspNetCore.Http;
using Standing = Assay.Server.Pages.Parts.Standing;

namespace Assay.Server.Pages.Why;

/// <summary>The 2am page: the facts that <c>assay why</c> prints, laid out for a woken person.</summary>
internal static class WhyPages
{
    internal static IResult Short(string model, string environment, HttpContext context) => Results.LocalRedirect(Addresses.Why(model, environment) + context.Request.QueryString);

    internal static async Task<IResult> Show(string model, string environment, HttpContext context, Store store, WhyDesk desk, SlotLines slots, VerdictBook verdicts, Versions versions, RunReader runs, CancellationToken ct, string? at = null, string slot = "primary")
    {
        var now = Visit.Of(context).Now;
        var asked = Moments.Read(at, now);
        if (!asked.Ok)
            return Drawn.As<ErrorPage>(ErrorView.Refused(asked.Refusal!, ($"{model} in {environment} now", Addresses.Why(model, environment))), StatusCodes.Status400BadRequest);
        var answer = await desk.Tell(new(environment, model, slot), asked.Value, ct);
        if (answer.Refusal is { } refusal)
            return Drawn.As<ErrorPage>(ErrorView.Refused(refusal), Http.Refused.StatusOf(refusal.Kind));
        var why = answer.Value;
        return Drawn.As<WhyPage>(await store.Read(async tx =>
        {
            List<SlotLine> lines = [];
            foreach (var name in why.Slots.Count > 0 ? why.Slots : [slot])
                lines.Add(await slots.Of(tx, new(environment, model, name), why.At));
            var verdict = why.Approved is { } approved ? await verdicts.One(tx, approved.VerdictDigest) : null;
            var line = lines.First(one => one.Slot == why.Slot);
            return new WhyPageView(model, environment, why.At)
            {
                At = asked.Value,
                Standing = Whole(why.Status, line),
                Sentence = why.Headline,
                Next = why.Drift.OrderBy(finding => finding.Pending).Select(finding => finding.Message).FirstOrDefault(),
                Slots = lines,
                How = How(why),
                Back = await Back(tx, why, slots, versions),
                Call = Call(why.Responsible, lines),
                Changes = Changes(why.Difference),
                Against = why.Difference is { } difference ? $"from {await Name(tx, slots, model, difference.From)} to {await Name(tx, slots, model, difference.To)}{(difference.Same.Count > 0 ? $"; the same: {string.Join(", ", difference.Same)}" : "")}" : null,
                Note = why.Difference?.Note,
                Findings = [.. lines.SelectMany(one => one.Findings)],
                Day = [.. why.Timeline.Select(WhyWords.Event)],
                Facts = why.Run is { } made ? WhyWords.Groups(made) : await Ground(tx, runs, versions, why),
                FactsOf = (why.Run?.Digest ?? why.Approved?.Digest) is { } told ? await Name(tx, slots, model, told) : null,
                Verdict = verdict is null ? null : Standing.OfVerdict(verdict.Outcome.ToString().ToLowerInvariant()),
                VerdictWords = verdict is null ? null : WhyWords.Of(verdict, why.At),
                Elsewhere = await Elsewhere(tx, why, slots),
            };
        }, ct));
    }

    /// <summary>Where what is live is nothing we know, the facts of what is approved are what there is to compare with.</summary>
    static async Task<IReadOnlyList<FactGroup>> Ground(Tx tx, RunReader runs, Versions versions, WhyView why) =>
        why.Approved is { } approved && await versions.Find(tx, why.Model, approved.Digest.ToString()) is { Ok: true, Value: { RunId: { } id } } && await runs.Outline(tx, id) is { } run
            ? [new("Code", RunGround.Code(run)), new("Data", RunGround.Data(run)), new("Parameters", RunGround.Params(run, 12)), new("Origin", RunGround.Origin(run, await OriginClaims.OfRun(tx, run.Writers)))]
            : [];

    static Standing Whole(SlotStatus status, SlotLine line) => status switch
    {
        SlotStatus.AsApproved => Standing.Passed.As("as approved"),
        SlotStatus.Claimed => Standing.Unknown.As("only claimed"),
        SlotStatus.Pending => Standing.Running.As("in grace"),
        SlotStatus.Drift when line.Findings.FirstOrDefault(finding => finding.Severity != "info") is { } worst => worst.Standing.As(worst.Severity),
        SlotStatus.Drift => Standing.Failed.As("drift"),
        SlotStatus.Nothing => Standing.Nothing.As("nothing here"),
        _ => Standing.Unknown,
    };

    static Dictionary<string, string> How(WhyView why)
    {
        var how = new Dictionary<string, string>();
        if (why.Reported is { } report)
            how[report.Digest.ToString()] = $"reported by {report.Actor ?? report.By}{(report.Verified ? "" : " (unverified)")}{(report.Commit is { } commit ? $", commit {commit[..Math.Min(7, commit.Length)]}" : "")}";
        if (why.Approved is { } approved)
            how[approved.Digest.ToString()] = (how.TryGetValue(approved.Digest.ToString(), out var known) ? known + "; " : "") + $"approved by {approved.By}{(approved.Verified ? "" : " (unverified)")}";
        return how;
    }

    static async Task<BackLine?> Back(Tx tx, WhyView why, SlotLines slots, Versions versions)
    {
        if (why.Rollback is not { } back)
            return null;
        var target = back.To is { } digest ? await slots.Ref(tx, why.Model, digest) : null;
        List<Standing> checks = [];
        if (target is { Number: { } number } && await versions.Find(tx, target.Model!, number.ToString(System.Globalization.CultureInfo.InvariantCulture)) is { Ok: true, Value: var version })
        {
            checks.Add(version.Recalled ? Standing.Recalled.As("recalled: must not run") : version.Status is VersionStatus.Admitted ? Standing.Passed.As("admitted, not recalled") : Standing.Warning.As("not admitted any more"));
            checks.Add(await versions.Package(tx, target.Digest) is null ? Standing.Unknown.As("its files are not known") : Standing.Passed.As("its files are in the store"));
            if (why.Difference is { Note: null } difference)
                checks.Add(difference.Same.Contains("signature") ? Standing.Passed.As("same inputs and outputs") : Standing.Warning.As("inputs or outputs not known to be the same"));
        }
        var good = why.LastGood is { } last && last.Digest == back.To ? last.Why + $" Approved {Moments.Text(last.From, why.At)}{(last.To is { } end ? $" to {Moments.Text(end, why.At)}" : "")}." : null;
        return new(target, good ?? back.Note ?? "", back.Command, checks, good is null ? null : back.Note);
    }

    static IReadOnlyList<FactLine> Call(Responsible? who, IReadOnlyList<SlotLine> lines) => who is null ? [] :
    [
        new("On call", who.OnCall, "on_call: in the environment’s file"),
        new("Owner", who.Owners.Count > 0 ? string.Join(", ", who.Owners) : null, "owners: in the environment’s file"),
        new("Runbook", who.Runbook, "runbook: in the environment’s file") { Href = RunGround.Web(who.Runbook) },
        .. lines.Select(line => line.Approved).OfType<ApprovedLine>().Take(1).Select(approved => new FactLine("Approved by", approved.By + (approved.Verified ? "" : " (unverified)"))),
        .. lines.Select(line => line.Reported).OfType<ReportedLine>().Take(1).Select(report => new FactLine("Deployed by", report.By) { Href = report.Url }),
    ];

    static IReadOnlyList<ChangeLine> Changes(Difference? difference) => difference is null ? [] :
        [.. difference.Groups.Select(group => new ChangeLine(WhyWords.Group(group.Group), group.Group is "code" or "data" or "environment" or "signature" ? Standing.Warning.As(WhyWords.Count(group.Changes.Count)) : Standing.Superseded.As(WhyWords.Count(group.Changes.Count)),
            WhyWords.Of(group.Changes)))];

    static async Task<string> Name(Tx tx, SlotLines slots, string model, Digest digest) => await slots.Ref(tx, model, digest) is { Number: not null } version ? version.Name : digest.Short;

    static async Task<IReadOnlyList<string>> Elsewhere(Tx tx, WhyView why, SlotLines slots)
    {
        var live = why.Observed.Where(one => !one.Stale).Select(one => one.Digest).ToHashSet();
        List<string> places = [];
        foreach (var name in (await slots.Known(tx)).Where(name => name.Environment != why.Environment))
            foreach (var seen in (await slots.Of(tx, name, why.At)).Observed.Where(seen => !seen.Stale && live.Contains(seen.Version.Digest)))
                places.Add($"{seen.Version.Name} in {name.Environment}{(name.Model == why.Model ? "" : $" as {name.Model}")}");
        return [.. places.Distinct()];
    }
}
