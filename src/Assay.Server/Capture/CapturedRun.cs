using Assay.Contracts;
using Assay.Server.Artifacts;
using Assay.Server.Tracking;

namespace Assay.Server.Capture;

/// <summary>
/// Everything that a run logged, in one snapshot: its facts, its files (of the run and of its logged models), the model folder that is to
/// become the version, and the few small files whose text a profile looks into (null: not there, or too large to look into).
/// </summary>
public sealed record CapturedRun(RunFacts Facts, IReadOnlyList<ArtifactFile> Files, ModelFolder? Model, IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>The text of a file of the model folder, by its path in there.</summary>
    public string? ModelText(string name) => Model is null ? null : Texts.GetValueOrDefault($"{Model.Root}/{name}");
}

/// <summary>A folder with an <c>MLmodel</c> in it: its logical path, and its files by their paths inside.</summary>
public sealed record ModelFolder(string Root, IReadOnlyList<Contracts.Package.PackageFile> Files)
{
    /// <summary>Is there such a file, or a folder with files in it?</summary>
    public bool Has(string name) => Files.Any(f => f.Path == name || f.Path.StartsWith(name + "/", StringComparison.Ordinal));
}

/// <summary>Which model folder a version is made of, or why none.</summary>
public sealed record ModelChoice(string? Root, Gap? Gap);
