using Assay.Contracts;

namespace Assay.Server.Tracking;

/// <summary>
/// Where a run comes from (identity.md): proven when every write to it came from one CI job. Checking who submits is not enough: a run of a laptop that CI
/// submits would be laundered.
/// </summary>
public static class RunOrigin
{
    /// <summary>Was every write made by workload credentials of one rule and one job?</summary>
    public static bool IsProven(IReadOnlyList<string> writers) => writers is [var one] && IsJob(one);

    /// <summary>What is missing to a proven origin; null when nothing is. Each writer stands as it was recorded: the principal, and for a workload its job.</summary>
    public static Gap? Missing(IReadOnlyList<string> writers) => IsProven(writers) ? null
        : new("run.origin", "every write by one CI job", writers.Count == 0 ? "no writer" : string.Join(", ", writers),
            "Train in CI under a workload rule of the access policy, with assay run -- COMMAND, and let nothing else write to the run; or let an administrator choose origin: any for the model.");

    static bool IsJob(string writer) => writer.StartsWith("workload:", StringComparison.Ordinal) && writer.Contains(' ', StringComparison.Ordinal);
}
