namespace Assay.Evaluation.Runners.Onnx;

/// <summary>What a model may use while it is scored, in a process of its own.</summary>
public sealed record ScoringLimits
{
    /// <summary>
    /// Address space in bytes that loading and running may take (RLIMIT_AS), beyond what the program has mapped when it starts:
    /// .NET alone reserves 3 to 5 GB of addresses without using them. Default 2 GiB.
    /// </summary>
    public long AddressSpace { get; init; } = 2L << 30;

    /// <summary>Processor time of the process over its whole life (RLIMIT_CPU). Default 10 minutes.</summary>
    public TimeSpan Cpu { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Time on the clock for all scoring of one model. Default 15 minutes.</summary>
    public TimeSpan Wall { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Time on the clock until the model is loaded. Default 1 minute.</summary>
    public TimeSpan Load { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Time on the clock for one batch, where the suite says nothing (<c>timeout_ms</c>). Default 1 minute.</summary>
    public TimeSpan Call { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest answer to one batch in bytes. Default 256 MiB.</summary>
    public int Answer { get; init; } = 256 << 20;

    /// <summary>
    /// How many batches may be scored at once: so many worker processes of one model (each with these limits), or so many calls to an endpoint. A second worker
    /// starts only when two batches are under way. Default: the machine's cores, at most 2.
    /// </summary>
    public int Lanes { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 2);

    /// <summary>How often a worker that died is started again for the rest of the work. Default 3.</summary>
    public int Restarts { get; init; } = 3;
}
