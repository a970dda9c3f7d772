using Assay.Contracts;

namespace Assay.Evaluation.Suites;

/// <summary>What every suite has.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Model">The model it is for; null for any.</param>
/// <param name="Digest">The SHA-256 of the file's bytes.</param>
/// <param name="File">The file's full path; paths inside a suite are relative to it.</param>
public sealed record SuiteHead(string Name, string? Model, Digest Digest, string File)
{
    /// <summary>The folder that the suite's own paths start from.</summary>
    public string Folder => Path.GetDirectoryName(File)!;
}

/// <summary>A suite: either kind.</summary>
public abstract record Suite(SuiteHead Head);
