using Assay.Contracts;
using Assay.Server.Capture;
using Assay.Server.Events;
using Assay.Server.Identity;
using Assay.Server.Storage;
using Assay.Server.Tracking;

namespace Assay.Server.Registry;

/// <summary>
/// What follows when a run ends: versions that waited for it are settled, and the models that a profile feeds from its experiment get a
/// candidate or a listed rejection. Done at once for whoever ended the run, and again by the event, which no crash loses.
/// </summary>
sealed class RunEndings(Store store, Versions versions, RunReader runs, Submission submission) : Subscriber<RunEnded>, IRunEnding
{
    public Task<Refusal?> MayFinish(string runId, CancellationToken ct) => Task.FromResult<Refusal?>(null);

    public Task Ended(string runId, CancellationToken ct) => Settle(runId, ct);

    protected override Task Handle(RunEnded happened, CancellationToken ct) => Settle(happened.RunId, ct);

    async Task Settle(string runId, CancellationToken ct)
    {
        var (facts, made, fed) = await store.Read(async tx =>
        {
            var facts = await runs.Outline(tx, runId);
            return (facts, await versions.OfRun(tx, runId), facts is { Status: "FINISHED" } ? await Profiles.Fed(tx, facts.ExperimentName) : []);
        }, ct);
        if (facts is null || facts.Status is "RUNNING" or "SCHEDULED")
            return;
        foreach (var waiting in made.Where(v => v.Status is VersionStatus.Waiting))
            Check(await submission.SettleWaiting(waiting, Principal.Server, ct));
        foreach (var model in fed.Where(m => !made.Exists(v => v.Model == m)))
            Check(await submission.TakeUp(new(runId, model, new(), new()), Principal.Server, ct));
    }

    /// <summary>A refusal here (a run that keeps changing) is tried again by the outbox.</summary>
    static void Check(Result<VersionView> result)
    {
        if (result.Refusal is { } refusal)
            throw new InvalidOperationException(refusal.Message);
    }
}
