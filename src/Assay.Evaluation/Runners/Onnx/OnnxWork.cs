using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners.Onnx;

/// <summary>What all workers of one model have in common: the files, the limits, the clock, and how often one may be started again.</summary>
internal sealed class OnnxWork(ModelFolder model, ScoringLimits limits, WorkerProgram? program, TimeProvider clock)
{
    readonly long started = clock.GetTimestamp();
    int restarts;

    public ModelFolder Model => model;

    public ScoringLimits Limits => limits;

    public WorkerProgram? Program => program;

    /// <summary>What is left of the time for all scoring.</summary>
    public TimeSpan Left => limits.Wall - clock.GetElapsedTime(started);

    /// <summary>Counts a restart; false once they are used up.</summary>
    public bool MayRestart() => Interlocked.Increment(ref restarts) <= limits.Restarts;
}
