using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Policies;
using Assay.Server.Registry;
using Assay.Server.Storage;

namespace Assay.Server.Promotions;

/// <summary>Shows requests as they stand; judges nothing.</summary>
public sealed class RequestViews
{
    readonly Store store;
    readonly VerdictBook verdicts;
    readonly PromotionBook book;
    readonly Versions versions;
    readonly InvolvedParties involved;
    readonly LedgerTexts texts;
    readonly TimeProvider time;

    internal RequestViews(Store store, VerdictBook verdicts, PromotionBook book, Versions versions, InvolvedParties involved, LedgerTexts texts, TimeProvider time) =>
        (this.store, this.verdicts, this.book, this.versions, this.involved, this.texts, this.time) = (store, verdicts, book, versions, involved, texts, time);

    /// <summary>One request; null when there is none.</summary>
    public Task<RequestAnswer?> One(string id, CancellationToken ct) => store.Read(async Task<RequestAnswer?> (tx) =>
        await tx.First(RequestSql.ById, ("id", id)) is { } request ? (await View(tx, request)).Answer : null, ct);

    /// <summary>
    /// The newest requests that the caller sees, of a model or environment if named; as many as <paramref name="limit"/> while there are any. With
    /// <paramref name="waitingFor"/> only those that this principal could approve now.
    /// </summary>
    public Task<List<RequestAnswer>> Newest(string? model, string? environment, Principal? waitingFor, Sees sees, int limit, CancellationToken ct) =>
        Newest(model, environment, waitingFor is not null, (answer, parties) => waitingFor is null || Waits(answer, parties, waitingFor), sees, limit, ct);

    /// <summary>The newest open requests that the caller sees.</summary>
    public Task<List<RequestAnswer>> NewestOpen(Sees sees, int limit, CancellationToken ct) => Newest(null, null, open: true, (answer, _) => answer.Open, sees, limit, ct);

    Task<List<RequestAnswer>> Newest(string? model, string? environment, bool open, Func<RequestAnswer, Involved?, bool> wanted, Sees sees, int limit, CancellationToken ct) => store.Read(async tx =>
    {
        List<RequestAnswer> answers = [];
        // What is not seen is left out before anything is counted or cut.
        string[] seen = sees.All ? [] : [.. (await tx.All(RequestSql.Subjects)).Where(s => sees.Slot(s.Model, s.Environment)).Select(s => $"{s.Environment}/{s.Model}")];
        List<PromotionRequest> page;
        string? before = null;
        do
        {
            page = await tx.All(RequestSql.Listed, ("model", model), ("environment", environment), ("open", open), ("before", before), ("all", sees.All), ("among", seen), ("limit", limit));
            foreach (var request in page)
            {
                var (answer, parties) = await View(tx, request);
                if (wanted(answer, parties) && answers.Count < limit)
                    answers.Add(answer);
            }
            before = page.Count > 0 ? page[^1].Id : null;
        }
        while (page.Count == limit && answers.Count < limit);
        return answers;
    }, ct);

    static bool Waits(RequestAnswer answer, Involved? parties, Principal who) =>
        answer.Open && answer.Verdict.Opens() && who.Kind is PrincipalKind.Person or PrincipalKind.Local && parties is not null
        && !answer.Approvals.Any(a => a.Counts && a.By == who.ToString())
        && answer.WaitingFor.Any(m => ApprovalCount.Fits(new(m.Count, m.Role, m.Not), who.ToString(), who.RolesFor(new(Model: answer.Model, Environment: answer.Environment)), parties));

    async Task<(RequestAnswer Answer, Involved? Parties)> View(Tx tx, PromotionRequest request)
    {
        var now = time.GetUtcNow();
        var verdict = await verdicts.One(tx, request.Verdict) ?? throw new InvalidOperationException($"request {request.Id} rests on a verdict that is not stored");
        var decisions = await tx.All(RequestSql.Decisions, ("request", request.Id));
        var version = await versions.Find(tx, request.Model, request.Digest.ToString());
        var parties = version.Ok ? await involved.Of(tx, version.Value, verdict) : null;
        var open = request.OpenAt(now);
        var steps = await tx.All(RequestSql.Steps, ("request", request.Id));
        var shown = await texts.Reading(tx, [request.Comment, .. decisions.Select(d => d.Comment), .. steps.Select(s => s.Text)]);
        return (new(request.Id, request.Model, request.Number, request.Digest, request.Environment, request.Slot,
            request.Open && !open ? RequestState.Expired : request.State, open, verdict.Outcome, verdict.VerdictDigest, verdict.NotAfter, verdict.Policy,
            request.OpenedBy, request.Verified, request.OpenedAt, request.ExpiresAt, shown(request.Comment),
            [.. decisions.Where(d => d.Approves).Select(d => Approval(d with { Comment = shown(d.Comment) }, request, verdict, now))],
            open && parties is not null ? ApprovalCount.Missing(verdict.Approvals, now < verdict.NotAfter ? decisions : [], verdict.VerdictDigest, parties) : [],
            [.. steps.Select(s => s with { Text = shown(s.Text) ?? "" })], [.. verdict.Rules.Where(r => !r.Verdict.Opens())],
            request.Promotion is { } made ? await book.One(tx, made) : null), parties);
    }

    static ApprovalAnswer Approval(Decision d, PromotionRequest request, Verdict verdict, DateTimeOffset now)
    {
        var why = d.Verdict != request.Verdict ? "what it was given for changed: the gate gave another verdict since"
            : request.Open && now >= verdict.NotAfter ? "the verdict that it was given for has expired" : null;
        return new(d.By, d.Verified, d.At, d.Comment, d.Verdict, why is null, why);
    }
}
