namespace Assay.Cli.Surface;

/// <summary>What the program ends with, the same for every verb (interfaces §2).</summary>
internal static class ExitCode
{
    /// <summary>Done, passed or waived, no drift.</summary>
    public const int Done = 0;

    /// <summary>A negative answer: rejected, failed, drift, verification failed.</summary>
    public const int Negative = 1;

    /// <summary>Wrong use, an error, or a crash.</summary>
    public const int Error = 2;

    /// <summary>Not decided yet: inconclusive, still candidate, approvals missing.</summary>
    public const int Undecided = 3;

    /// <summary>Not allowed.</summary>
    public const int Forbidden = 4;
}
