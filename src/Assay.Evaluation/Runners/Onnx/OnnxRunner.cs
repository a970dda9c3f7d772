using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners.Onnx;

/// <summary>
/// All scoring of one model: inputs in, answers out. A worker that died is started again for the next question, a few times;
/// a limit on the clock spans the whole.
/// </summary>
public sealed class OnnxRunner : IRunner
{
    /// <summary>The first answer of a fresh process compiles and warms up, which is not the model's fault.</summary>
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    readonly ModelFolder model;
    readonly ScoringLimits limits;
    readonly WorkerProgram? program;
    readonly TimeProvider clock;
    readonly long started;
    ScoreProcess worker;
    Refusal? last;
    int restarts;
    bool cold = true;

    OnnxRunner(ModelFolder model, ScoringLimits limits, WorkerProgram? program, TimeProvider clock, long started, ScoreProcess worker) =>
        (this.model, this.limits, this.program, this.clock, this.started, this.worker) = (model, limits, program, clock, started, worker);

    /// <inheritdoc/>
    public ModelFace Face => worker.Face;

    /// <inheritdoc/>
    public int Lanes => 1;

    /// <inheritdoc/>
    public bool Dead => worker.Ended;

    /// <summary>Loads the model of a folder in a process of its own.</summary>
    public static async Task<Result<OnnxRunner>> Open(ModelFolder model, ScoringLimits limits, WorkerProgram? program, TimeProvider clock, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        var worker = await ScoreProcess.Start(model, limits, program, ct);
        return worker.Map(w => new OnnxRunner(model, limits, program, clock, started, w));
    }

    /// <inheritdoc/>
    public async Task<Result<IReadOnlyList<Tensor>>> Score(ModelInput input, TimeSpan? time, CancellationToken ct, long firstRow = 1, bool fromFile = false)
    {
        // A model exported for a fixed number of rows is asked so many at a time.
        var step = Face.FixedRows is { } rows && input.Rows % rows == 0 ? rows : input.Rows;
        var answers = new List<IReadOnlyList<Tensor>>();
        for (var at = 0; at < Math.Max(1, input.Rows); at += Math.Max(1, step))
        {
            var part = step == input.Rows ? input : input.Slice(at, step);
            var tensors = InputBinding.Bind(part, Face, model.Signature, firstRow + at, fromFile);
            var answer = tensors.Ok ? await Ask(tensors.Value, time ?? limits.Call, ct) : tensors;
            if (!answer.Ok)
                return answer;
            answers.Add(answer.Value);
        }
        return Result(Tensors.Join(answers));
        static Result<IReadOnlyList<Tensor>> Result(IReadOnlyList<Tensor> tensors) => tensors.ToList();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => worker.DisposeAsync();

    async Task<Result<IReadOnlyList<Tensor>>> Ask(IReadOnlyList<Tensor> tensors, TimeSpan time, CancellationToken ct)
    {
        if (worker.Ended && await Restart(ct) is { } refusal)
            return refusal;
        var left = limits.Wall - clock.GetElapsedTime(started);
        if (left <= TimeSpan.Zero)
            return ScoringRefusals.Wall(limits.Wall);
        var allowed = cold ? time + WarmUp : time;
        cold = false;
        var answer = await worker.Score(tensors, allowed < left ? allowed : left, ct);
        if (answer.Refusal is not { } why)
            return answer;
        last = why.Code != "limit-time" ? why : allowed < left ? ScoringRefusals.Call(time) : ScoringRefusals.Wall(limits.Wall);
        return last;
    }

    async Task<Refusal?> Restart(CancellationToken ct)
    {
        if (restarts++ >= limits.Restarts)
            return ScoringRefusals.GivenUp(last!);
        await worker.DisposeAsync();
        var fresh = await ScoreProcess.Start(model, limits, program, ct);
        if (!fresh.Ok)
            return last = fresh.Refusal!;
        (worker, cold) = (fresh.Value, true);
        return null;
    }
}
