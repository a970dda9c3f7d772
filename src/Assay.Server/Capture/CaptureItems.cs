using Assay.Contracts;
using Assay.Server.Capture.Items;

namespace Assay.Server.Capture;

/// <summary>All items that a profile may ask for, each with its check: null when the run has it, else the gap with its mend.</summary>
public static class CaptureItems
{
    static readonly Dictionary<string, Func<CapturedRun, Requirement, Gap?>> Checks = new(StringComparer.Ordinal)
    {
        ["run.finished"] = RunItems.Finished,
        ["run.user"] = RunItems.User,
        ["code.commit"] = CodeItems.Commit,
        ["code.clean"] = CodeItems.Clean,
        ["code.repository"] = CodeItems.Repository,
        ["data.inputs"] = DataItems.Inputs,
        ["data.source"] = DataItems.Source,
        ["params"] = ResultItems.Params,
        ["metrics"] = ResultItems.Metrics,
        ["model.files"] = ModelItems.Files,
        ["model.signature"] = ModelItems.Signature,
        ["environment.lock"] = EnvironmentItems.Lock,
        ["environment.hardware"] = EnvironmentItems.Hardware,
    };

    /// <summary>The items' names.</summary>
    public static IReadOnlyCollection<string> Known => Checks.Keys;

    /// <summary>Checks one requirement.</summary>
    public static Gap? Check(CapturedRun run, Requirement requirement) => Checks[requirement.Item](run, requirement);
}
