using Assay.Contracts;

namespace Assay.Server.Capture;

/// <summary>The pure question: what does a run lack that a profile requires?</summary>
public static class Completeness
{
    /// <summary>Every gap at once, in the profile's order.</summary>
    public static IReadOnlyList<Gap> Gaps(CaptureProfile profile, CapturedRun run) =>
        [.. Imported(run), .. from requirement in profile.Require
                              let gap = CaptureItems.Check(run, requirement)
                              where gap is not null
                              select gap];

    /// <summary>Whatever a profile asks: what was not logged here was not seen, so nobody can vouch for it.</summary>
    static IEnumerable<Gap> Imported(CapturedRun run)
    {
        if (run.Facts.ImportedFrom is { } origin)
            yield return new("run.imported", "a run that was logged here", $"imported from {origin}", "An imported run is readable and makes no version. Train again against this server: its history stays beside the new run.");
    }

    /// <summary>Each requirement with its gap or null, the optional ones too: what the pages show.</summary>
    public static IReadOnlyList<(Requirement Requirement, bool Required, Gap? Gap)> Table(CaptureProfile profile, CapturedRun run) =>
        [.. profile.Require.Select(r => (r, true, CaptureItems.Check(run, r))), .. profile.Optional.Select(r => (r, false, CaptureItems.Check(run, r)))];
}
