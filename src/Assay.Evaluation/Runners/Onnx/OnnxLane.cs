using Assay.Contracts;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners.Onnx;

/// <summary>One worker process, one question at a time. It starts with its first question, and again after one that it did not survive.</summary>
internal sealed class OnnxLane(OnnxWork work, ScoreProcess? worker) : IAsyncDisposable
{
    /// <summary>The first answer of a fresh process compiles and warms up, which is not the model's fault.</summary>
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    Refusal? last;
    bool cold = true;

    /// <summary>Did the last question end the process?</summary>
    public bool Ended => worker is { Ended: true };

    public async Task<Result<IReadOnlyList<Tensor>>> Ask(IReadOnlyList<Tensor> tensors, TimeSpan time, CancellationToken ct)
    {
        if (worker is null or { Ended: true } && await Start(ct) is { } refusal)
            return refusal;
        var left = work.Left;
        if (left <= TimeSpan.Zero)
            return ScoringRefusals.Wall(work.Limits.Wall);
        var allowed = cold ? time + WarmUp : time;
        cold = false;
        var answer = await worker!.Score(tensors, allowed < left ? allowed : left, ct);
        if (answer.Refusal is not { } why)
            return answer;
        last = why.Code != "limit-time" ? why : allowed < left ? ScoringRefusals.Call(time) : ScoringRefusals.Wall(work.Limits.Wall);
        return last;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => worker?.DisposeAsync() ?? ValueTask.CompletedTask;

    async Task<Refusal?> Start(CancellationToken ct)
    {
        if (worker is not null)
        {
            if (!work.MayRestart())
                return ScoringRefusals.GivenUp(last!);
            await worker.DisposeAsync();
        }
        var fresh = await ScoreProcess.Start(work.Model, work.Limits, work.Program, ct);
        if (!fresh.Ok)
            return last = fresh.Refusal!;
        (worker, cold) = (fresh.Value, true);
        return null;
    }
}
