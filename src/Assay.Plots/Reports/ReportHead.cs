using Assay.Contracts;
using Assay.Contracts.Evidence;

namespace Assay.Plots.Reports;

/// <summary>Which version a report is about.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">How people call the version, such as <c>v3</c>; empty where only the digest is known.</param>
/// <param name="Digest">The version's digest.</param>
public sealed record ReportHead(string Model, string Version, Digest? Digest)
{
    /// <summary>Where the version's page is; null in a report that stands alone.</summary>
    public string? Back { get; init; }

    /// <summary>How many pieces of evidence were left out, because they were withdrawn or nobody's known key signed them.</summary>
    public int LeftOut { get; init; }

    /// <summary>How headings name it.</summary>
    public string Title => Version.Length > 0 ? $"{Model} {Version}" : Model;

    /// <summary>How commands name it.</summary>
    public string Spoken => Digest is { } digest ? $"{Model}@sha256:{digest.Short}" : Model;
}

/// <summary>One piece of evidence as a report tells it.</summary>
/// <param name="Evaluation">What was measured.</param>
public sealed record ReportPiece(Evaluation Evaluation)
{
    /// <summary>The evidence's digest; null while it is not recorded.</summary>
    public Digest? Id { get; init; }

    /// <summary>When it was measured; null while it is not recorded.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Who measured; null while it is not recorded.</summary>
    public string? By { get; init; }
}
