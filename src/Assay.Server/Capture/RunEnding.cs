using Assay.Contracts;
using Assay.Server.Tracking;

namespace Assay.Server.Capture;

/// <summary>An experiment tagged <c>assay.require_complete=MODEL</c> lets no run end FINISHED while it has gaps (interfaces §3).</summary>
sealed class RunEnding(CaptureDesk desk, ServerOptions options) : IRunEnding
{
    const string Tag = "assay.require_complete";

    public async Task<Refusal?> MayFinish(string runId, CancellationToken ct)
    {
        if (options.Capture is CaptureMode.Observe || await desk.Gather(runId, new(), ct) is not { } run || !run.Facts.ExperimentTags.TryGetValue(Tag, out var model))
            return null;
        var finished = run with { Facts = run.Facts with { Status = "FINISHED" } };
        var profile = await desk.ProfileFor(model, ct);
        var gaps = Completeness.Gaps(profile, finished);
        return gaps.Count == 0 ? null : CaptureRefusals.Unfinished(runId, model, profile, gaps);
    }

    public Task Ended(string runId, CancellationToken ct) => Task.CompletedTask;
}
