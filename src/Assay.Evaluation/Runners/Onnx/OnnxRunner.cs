using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners.Onnx;

/// <summary>
/// Scores an ONNX file in worker processes of its own. A worker that died is started again for the next question, a few times; a limit on the clock
/// spans the whole. A second worker starts when two questions are under way at once.
/// </summary>
public sealed class OnnxRunner : IRunner
{
    readonly OnnxWork work;
    readonly OnnxLane[] lanes;
    readonly Stack<OnnxLane> free; // the one that was used last is used first, so that one question after the other keeps one worker
    readonly SemaphoreSlim room;
    volatile bool dead;

    OnnxRunner(OnnxWork work, ScoreProcess first)
    {
        this.work = work;
        Face = first.Face;
        lanes = [.. Enumerable.Range(0, Math.Max(1, work.Limits.Lanes)).Select(i => new OnnxLane(work, i == 0 ? first : null))];
        free = new(lanes.Reverse());
        room = new(lanes.Length);
    }

    /// <inheritdoc/>
    public ModelFace Face { get; }

    /// <inheritdoc/>
    public ModelSignature? Signature => work.Model.Signature;

    /// <inheritdoc/>
    public int Lanes => lanes.Length;

    /// <inheritdoc/>
    public bool Dead => dead;

    /// <summary>Loads the model of a folder in a process of its own.</summary>
    public static async Task<Result<OnnxRunner>> Open(ModelFolder model, ScoringLimits limits, WorkerProgram? program, TimeProvider clock, CancellationToken ct)
    {
        var work = new OnnxWork(model, limits, program, clock);
        var worker = await ScoreProcess.Start(model, limits, program, ct);
        return worker.Map(w => new OnnxRunner(work, w));
    }

    /// <inheritdoc/>
    public async Task<Result<IReadOnlyList<Tensor>>> Score(ModelInput input, TimeSpan? time, CancellationToken ct, long firstRow = 1, bool fromFile = false)
    {
        var tensors = InputBinding.Bind(input, Face, Signature, firstRow, fromFile);
        if (!tensors.Ok)
            return tensors;
        await room.WaitAsync(ct);
        OnnxLane lane;
        lock (free)
            lane = free.Pop();
        try
        {
            return await FixedRows.Ask(tensors.Value, Face.FixedRows, part => lane.Ask(part, time ?? work.Limits.Call, ct));
        }
        finally
        {
            dead = lane.Ended;
            lock (free)
                free.Push(lane);
            room.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var lane in lanes)
            await lane.DisposeAsync();
        room.Dispose();
    }
}
