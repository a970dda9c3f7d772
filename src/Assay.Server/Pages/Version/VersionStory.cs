using Assay.Contracts.Evidence;
using Assay.Plots;
using Assay.Server.Access.Exchange;
using Assay.Server.Evidence;
using Assay.Server.Pages.Model;
using Assay.Server.Pages.Parts;
using Assay.Server.Policies;
using Assay.Server.Promotions;
using Assay.Server.Registry;
using Assay.Server.Storage;
using Assay.Server.Tracking;
using Standing = Assay.Server.Pages.Parts.Standing;

namespace Assay.Server.Pages.Version;

/// <summary>Asks the rooms for what a version's page tells.</summary>
internal sealed class VersionStory(Versions versions, EvidenceShelf shelf, VerdictBook verdicts, PromotionBook book, RunReader runs, SlotLines slots)
{
    const int MostValues = 15;

    /// <summary>The whole view in one snapshot.</summary>
    public async Task<VersionPageView> Of(Tx tx, VersionView version, DateTimeOffset now)
    {
        var run = version.RunId is { } id ? await runs.Outline(tx, id) : null;
        List<SlotLine> places = [];
        foreach (var slot in (await slots.Known(tx)).Where(slot => slot.Model == version.Model))
            places.Add(await slots.Of(tx, slot, now));
        var judged = version.Digest is { } digest ? await verdicts.Of(tx, digest) : [];
        return new(version.Model, version.Number, version.Digest, VersionStandings.Of(version), version.CreatedAt, version.SubmittedBy)
        {
            RunId = version.RunId,
            RunName = run?.Name,
            Seal = version.Seal,
            Reason = version.StatusReason,
            Gaps = version.Gaps,
            Places = [.. ModelPages.Places(version.Digest, places)],
            Verdicts = [.. judged.Select(Line).OrderBy(line => line.Standing.Tone is Tone.Ok).ThenBy(line => line.Environment == "registry").ThenBy(line => line.Environment, StringComparer.Ordinal)],
            Evidence = version.Digest is { } measured ? [.. (await shelf.Of(tx, measured)).Select(Line)] : [],
            Decisions = await Decisions(tx, version, places),
            Facts = run is null ? [] : [.. RunGround.Code(run), .. RunGround.Data(run), .. RunGround.Params(run, 6), .. RunGround.Origin(run, await OriginClaims.OfRun(tx, run.Writers))],
            Files = version.Digest is { } packed ? [.. (await versions.Files(tx, packed)).Select(file => new FileLine(file.Path, file.Size, file.Digest))] : [],
        };
    }

    async Task<IReadOnlyList<Moment>> Decisions(Tx tx, VersionView version, IReadOnlyList<SlotLine> places)
    {
        List<Moment> told = [];
        foreach (var place in places.Select(place => (place.Environment, place.Slot)).Distinct())
            told.AddRange((await book.History(tx, version.Model, place.Environment, place.Slot)).Where(promotion => promotion.Digest == version.Digest).Select(PromotionMoments.Of));
        return [.. told.OrderByDescending(moment => moment.At)];
    }

    static VerdictLine Line(Verdict verdict) => new(verdict.Environment, verdict.Slot, Standing.OfVerdict(verdict.Outcome.ToString().ToLowerInvariant()), verdict.DecidedAt, verdict.NotAfter, verdict.VerdictDigest, verdict.PolicyDigest,
        [.. verdict.Rules.Select(Line)]);

    static RuleLine Line(RuleResult rule)
    {
        var standing = Standing.OfVerdict(rule.Verdict.ToString().ToLowerInvariant());
        if (rule.Severity is Policies.Severity.Warn && standing.Tone is Tone.Bad or Tone.Warn)
            standing = Standing.Warning.As($"{standing.Word}, warns only");
        var (words, command) = Mend.Of(rule.Mend);
        return new(standing, rule.Rule.StartsWith(rule.Evidence, StringComparison.Ordinal) ? rule.Rule : $"{rule.Evidence}: {rule.Rule}", Shortened.Of(rule.Reason), rule.Wanted, rule.Seen)
        {
            Bar = rule.Value is { } value ? new(value, rule.Low, rule.High) { Wanted = rule.Threshold, Champion = rule.Baseline, Tone = standing.Tone } : null,
            Mend = words,
            Command = command,
        };
    }

    static EvidenceLine Line(EvidenceView evidence)
    {
        var doubt = evidence.State switch
        {
            EvidenceState.Sound => "",
            EvidenceState.Withdrawn => $"; withdrawn: {evidence.Withdrawn?.Reason}",
            EvidenceState.ForeignKey => "; signed by a key that is not its principal's",
            EvidenceState.OtherDigest => "; about other content",
            _ => "; unreadable",
        };
        var values = evidence.Evaluation is { } read ? Values(read).ToArray() : [];
        return new(evidence.Kind, evidence.Digest, evidence.RecordedAt, evidence.By, EvidenceSummary.Of(evidence.Evaluation) + doubt, values[..Math.Min(MostValues, values.Length)]) { More = Math.Max(0, values.Length - MostValues), Unreviewed = evidence.Evaluation?.Reviewed == false };
    }

    static IEnumerable<MeasuredLine> Values(Evaluation evaluation)
    {
        foreach (var metric in evaluation.Metrics)
            if (Bar(metric) is { } bar)
                yield return new(metric.Title, metric.N, bar);
        foreach (var slice in evaluation.Slices)
            foreach (var metric in slice.Metrics)
                if (Bar(metric) is { } bar)
                    yield return new($"{slice.Name}: {metric.Title}", slice.Rows ?? metric.N, bar);
    }

    static IntervalBar? Bar(Metric metric) => metric.Value is { } value ? new(value, metric.Interval?.Low, metric.Interval?.High) { Champion = metric.Baseline, Tone = Tone.Info } : null;
}
