using Assay.Contracts;

namespace Assay.Server.Capture;

/// <summary>Everything that this room can refuse, with its mend.</summary>
public static class CaptureRefusals
{
    public static Refusal OtherName(string address, string document) => new(RefusalKind.Invalid, "other-name",
        $"The address names '{address}', the document's metadata.name is '{document}'.", "Use the same name in both.", "metadata.name");

    public static Refusal NoRun(string runId) => new(RefusalKind.NotFound, "no-such-run", $"There is no run '{runId}'.", "Give the run id that the client printed (32 hex digits).", "run_id");

    public static Refusal NoProfile(string name) => new(RefusalKind.NotFound, "no-such-profile", $"There is no capture profile '{name}'.", "List them with `assay profile show`.", "name");

    /// <summary>An incomplete run, with every gap and its mend.</summary>
    public static Refusal Incomplete(string runId, string model, CaptureProfile profile, IReadOnlyList<Gap> gaps) => new(RefusalKind.Invalid, "incomplete-run",
        $"Run {runId} cannot become a version of {model}: {gaps.Count} of {profile.Require.Count} items of the capture profile '{profile.Name}' are missing.",
        "Log what is missing in a new run and submit that one.", "run_id")
    { Gaps = gaps };

    /// <summary>A run that may not end FINISHED yet.</summary>
    public static Refusal Unfinished(string runId, string model, CaptureProfile profile, IReadOnlyList<Gap> gaps) => new(RefusalKind.Invalid, "incomplete-run",
        $"Run {runId} cannot end FINISHED: its experiment requires complete runs (assay.require_complete={model}), and {gaps.Count} of {profile.Require.Count} items of the capture profile '{profile.Name}' are missing. It stays RUNNING.",
        "Log what is missing, then end the run again; FAILED and KILLED are always accepted.", "status")
    { Gaps = gaps };
}
