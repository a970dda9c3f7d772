using Assay.Server.Registry;

namespace Assay.Server.Pages.Parts;

/// <summary>The mark of a version's state.</summary>
internal static class VersionStandings
{
    internal static Standing Of(VersionView version) => version switch
    {
        { Recalled: true } => Standing.Recalled,
        { Status: VersionStatus.Admitted } => Standing.Passed.As("admitted"),
        { Status: VersionStatus.Candidate } => Standing.Candidate,
        { Status: VersionStatus.Waiting } => Standing.Running.As("run still going"),
        { Status: VersionStatus.Rejected } => Standing.Failed.As("rejected"),
        { Status: VersionStatus.Imported } => Standing.Superseded.As("imported"),
        { Status: VersionStatus.Prompt } => Standing.Superseded.As("prompt"),
        _ => Standing.Unknown,
    };
}
